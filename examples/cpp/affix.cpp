// A seal is put on a document in two phases, with the key in a device that gives r and s side by side:
// affix METADATA
#include "made.hpp"

// Signs as hardware does, without DER: each number in 32 bytes.
static yinxin::Bytes device(const yinxin::Key &key, const yinxin::Bytes &message) {
    const yinxin::Bytes der = key.sign(message);
    yinxin::Bytes raw;
    for (std::size_t at = 2; at < der.size(); at += 2 + der[at + 1]) {
        const std::size_t len = der[at + 1];
        const std::size_t skip = len == 33 ? 1 : 0;
        raw.insert(raw.end(), 32 - (len - skip), 0);
        raw.insert(raw.end(), der.begin() + at + 2 + skip, der.begin() + at + 2 + len);
    }
    return raw;
}

static void affix(const Made &made, const yinxin::Draft &draft, yinxin_format format, const std::string &name) {
    const yinxin::Bytes document = draft.document(format);
    auto request = yinxin::Request::affix(made.seal, made.signer, yinxin::time("2026-03-02T01:00:00Z"));
    // What is stored holds neither key nor document.
    const yinxin::Bytes stored = request.at(0, 150000, 240000).prepare(document).to_bytes();

    yinxin::Bytes other = document;
    other.push_back('\n');
    try {
        yinxin::Pending::from_bytes(stored, other);
    } catch (const yinxin::Error &refused) {
        std::cout << name << ": another document: " << refused.name() << "\n";
    }

    const yinxin::Pending pending = yinxin::Pending::from_bytes(stored, document);
    const yinxin::Bytes sealed = pending.complete(device(made.signer_key, pending.message()));
    const yinxin::Report report = made.report("basic", sealed);
    std::cout << name << ": sealed, seals: " << report.count("/signatures") << ", " << verdict(report) << "\n";
}

int main(int count, char **arguments) {
    return run(count, 2, [&] {
        const Made made;
        const yinxin::Draft draft(text_of(arguments[1]), "standard-portrait", yinxin::time("2026-03-02T01:00:00Z"));
        affix(made, draft, YINXIN_FORMAT_OFD, "ofd");
        affix(made, draft, YINXIN_FORMAT_PDF, "pdf");
    });
}
