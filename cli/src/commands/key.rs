//! `yinxin key new`.

use yinxin::crypto::{SoftwareKey, to_pem};
use zeroize::Zeroizing;

use crate::args::KeyNew;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::secrets;
use crate::session::Session;

/// Makes a key and writes it, encrypted unless told otherwise.
pub(crate) fn new(session: &Session, arguments: &KeyNew) -> Result<Exit> {
    let library = |error| Failure::library(session.language, &shown_path(&arguments.out), &error);
    if !arguments.force && arguments.out.exists() {
        let error = std::io::ErrorKind::AlreadyExists.into();
        return Err(Failure::file(session.language, &arguments.out, &error));
    }
    let password = match arguments.unencrypted {
        true => None,
        false => Some(secrets::new(
            session.language,
            arguments.password_file.as_deref(),
        )?),
    };
    let key = SoftwareKey::generate(arguments.kind.into()).map_err(library)?;
    let pem = Zeroizing::new(match password {
        Some(password) => key.to_encrypted_pem(&password).map_err(library)?,
        None => to_pem("PRIVATE KEY", &key.to_pkcs8()),
    });
    session.write_secret(&arguments.out, pem.as_bytes(), arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(
        format!("私钥已写入 {path}"),
        format!("wrote the key to {path}"),
    ));
    Ok(Exit::Passed)
}
