/*
 * yinxin for C++11 and later: yinxin.h with owners instead of _free and exceptions instead of
 * status codes. Header only; link as for C.
 *
 * An object is owned by one value, which moves and is not copied. Objects that are read only
 * (Verifier, Report, Certificate, Key, Seal) may be read by any number of threads at once.
 * A report is a verdict and never an exception; exceptions are a caller's mistakes.
 */
#ifndef YINXIN_HPP
#define YINXIN_HPP

#include "yinxin.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace yinxin {

using Bytes = std::vector<std::uint8_t>;

/* What a call failed with; what() is one English sentence. */
class Error : public std::runtime_error {
public:
    Error(yinxin_status status, const std::string &name, const std::string &message,
          std::vector<std::pair<std::string, std::string>> context)
        : std::runtime_error(message), status_(status), name_(name), context_(std::move(context)) {}

    yinxin_status status() const noexcept { return status_; }
    /* The stable name of the status, such as "malformed". */
    const std::string &name() const noexcept { return name_; }
    /* Offsets, entry names, limits. May quote a hostile file. */
    const std::vector<std::pair<std::string, std::string>> &context() const noexcept { return context_; }

private:
    yinxin_status status_;
    std::string name_;
    std::vector<std::pair<std::string, std::string>> context_;
};

namespace detail {

inline std::string text(const char *text) { return text ? std::string(text) : std::string(); }

/* Receives the error of one call and throws it. */
class Check {
public:
    Check() = default;
    Check(const Check &) = delete;
    Check &operator=(const Check &) = delete;
    ~Check() { yinxin_error_free(error_); }

    yinxin_error **out() { return &error_; }

    void operator()(yinxin_status status) {
        if (status == YINXIN_STATUS_OK) {
            return;
        }
        std::vector<std::pair<std::string, std::string>> context;
        for (std::size_t i = 0; i < yinxin_error_context_count(error_); ++i) {
            context.emplace_back(text(yinxin_error_context_key(error_, i)),
                                 text(yinxin_error_context_value(error_, i)));
        }
        throw Error(status, text(yinxin_error_name(error_)), text(yinxin_error_message(error_)),
                    std::move(context));
    }

private:
    yinxin_error *error_ = nullptr;
};

template <typename T, void (*Free)(T *)>
class Owner {
public:
    explicit Owner(T *object = nullptr) noexcept : object_(object) {}
    T *get() const noexcept { return object_.get(); }

private:
    struct Deleter {
        void operator()(T *object) const noexcept { Free(object); }
    };
    std::unique_ptr<T, Deleter> object_;
};

/* Runs a call that gives an object. */
template <typename T, typename Call>
T *made(Call call) {
    Check check;
    T *out = nullptr;
    check(call(&out, check.out()));
    return out;
}

/* Runs a call that gives bytes. */
template <typename Call>
Bytes bytes(Call call) {
    Owner<yinxin_bytes, yinxin_bytes_free> made_here(made<yinxin_bytes>(call));
    const std::uint8_t *data = yinxin_bytes_data(made_here.get());
    return Bytes(data, data + yinxin_bytes_len(made_here.get()));
}

/* Runs a call that gives a text. */
template <typename Call>
std::string string(Call call) {
    const Bytes made_here = bytes(call);
    return std::string(made_here.begin(), made_here.end());
}

/* Runs a call that gives nothing. */
template <typename Call>
void run(Call call) {
    Check check;
    check(call(check.out()));
}

inline Bytes copy(const std::uint8_t *data, std::size_t len) {
    return data ? Bytes(data, data + len) : Bytes();
}

} // namespace detail

/* The library's version, such as "0.1.0". */
inline std::string version() { return yinxin_version(); }

/* Seconds since 1970 of a time such as "2026-03-02T01:00:00Z". */
inline std::int64_t time(const std::string &text) {
    std::int64_t seconds = 0;
    detail::Check check;
    check(yinxin_time_parse(text.c_str(), &seconds, check.out()));
    return seconds;
}

/* What a code means to a person. */
inline std::string explain(yinxin_text_kind kind, const std::string &code, yinxin_language language) {
    return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_explain(kind, code.c_str(), language, out, error);
    });
}

/* Every code of errors, outcomes, checks, reasons and findings, as JSON text. */
inline std::string codes() {
    return detail::string(
        [](yinxin_bytes **out, yinxin_error **error) { return yinxin_codes(out, error); });
}

/* Whether a code has the form and the check character of its kind. */
inline yinxin_outcome check_code(yinxin_code_kind kind, const std::string &code) {
    yinxin_outcome outcome = YINXIN_OUTCOME_FAILED;
    detail::run([&](yinxin_error **error) { return yinxin_code_check(code.c_str(), kind, &outcome, error); });
    return outcome;
}

/* A license identifier (GB/T 36904) with its check character; the issuer is a credit code. */
inline std::string make_license_id(const std::string &type_code, const std::string &issuer,
                                   const std::string &serial, std::int32_t version) {
    return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_license_id_make(type_code.c_str(), issuer.c_str(), serial.c_str(), version, out, error);
    });
}

/* A part of a license identifier. */
inline std::string license_id_part(const std::string &id, yinxin_id_part part) {
    return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_license_id_part(id.c_str(), part, out, error);
    });
}

/* A preset policy, "basic", "window" or "archive", as JSON text. */
inline std::string policy(const std::string &name, bool strict = false) {
    return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_policy_json(name.c_str(), strict ? 1 : 0, out, error);
    });
}

/* The plain package behind one that a password opens; nothing is verified. */
inline Bytes decrypt(const Bytes &document, const std::string &password) {
    return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_password_decrypt(password.c_str(), document.data(), document.size(), out, error);
    });
}

/* A certificate (X.509; never a license). */
class Certificate {
public:
    /* DER or PEM; of several the first. */
    static Certificate parse(const Bytes &file) {
        return Certificate(detail::made<yinxin_certificate>([&](yinxin_certificate **out, yinxin_error **error) {
            return yinxin_certificate_parse(file.data(), file.size(), out, error);
        }));
    }
    explicit Certificate(yinxin_certificate *owned) : owner_(owned) {}

    std::string subject() const { return detail::text(yinxin_certificate_subject(get())); }
    std::string issuer() const { return detail::text(yinxin_certificate_issuer(get())); }
    std::string serial() const { return detail::text(yinxin_certificate_serial(get())); }
    std::string sha256() const { return detail::text(yinxin_certificate_sha256(get())); }
    std::string pem() const { return detail::text(yinxin_certificate_pem(get())); }
    Bytes der() const {
        std::size_t len = 0;
        const std::uint8_t *data = yinxin_certificate_der(get(), &len);
        return detail::copy(data, len);
    }
    std::int64_t valid_from() const { return yinxin_certificate_valid_from(get()); }
    std::int64_t valid_until() const { return yinxin_certificate_valid_until(get()); }
    const yinxin_certificate *get() const noexcept { return owner_.get(); }

private:
    detail::Owner<yinxin_certificate, yinxin_certificate_free> owner_;
};

/* A private key in memory; wiped with its owner. */
class Key {
public:
    static Key generate(yinxin_key_kind kind) {
        return Key(detail::made<yinxin_key>(
            [&](yinxin_key **out, yinxin_error **error) { return yinxin_key_generate(kind, out, error); }));
    }
    /* PKCS#8 as DER or PEM, SEC 1 as PEM. */
    static Key parse(const Bytes &file) { return parsed(file, nullptr); }
    static Key parse(const Bytes &file, const std::string &password) { return parsed(file, password.c_str()); }
    static Key from_sm2_scalar(const Bytes &scalar) {
        return Key(detail::made<yinxin_key>([&](yinxin_key **out, yinxin_error **error) {
            return yinxin_key_from_sm2_scalar(scalar.data(), scalar.size(), out, error);
        }));
    }
    explicit Key(yinxin_key *owned) : owner_(owned) {}

    Bytes sign(const Bytes &message) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_key_sign(get(), message.data(), message.size(), out, error);
        });
    }
    /* The plain package behind one that is encrypted to this key's certificate; nothing is verified. */
    Bytes decrypt(const Bytes &document) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_key_decrypt(get(), document.data(), document.size(), out, error);
        });
    }
    /* The public key as SubjectPublicKeyInfo, DER. */
    Bytes public_key() const {
        std::size_t len = 0;
        const std::uint8_t *data = yinxin_key_public(get(), &len);
        return detail::copy(data, len);
    }
    /* PKCS#8 as PEM, in clear or under a password. */
    std::string pem() const { return written(nullptr); }
    std::string pem(const std::string &password) const { return written(password.c_str()); }
    const yinxin_key *get() const noexcept { return owner_.get(); }

private:
    std::string written(const char *password) const {
        return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_key_to_pem(get(), password, out, error);
        });
    }
    static Key parsed(const Bytes &file, const char *password) {
        return Key(detail::made<yinxin_key>([&](yinxin_key **out, yinxin_error **error) {
            return yinxin_key_parse(file.data(), file.size(), password, out, error);
        }));
    }
    detail::Owner<yinxin_key, yinxin_key_free> owner_;
};

/* Key and certificate of a PKCS#12 file. */
inline std::pair<Key, Certificate> parse_pkcs12(const Bytes &file, const std::string &password) {
    yinxin_key *key = nullptr;
    yinxin_certificate *certificate = nullptr;
    detail::run([&](yinxin_error **error) {
        return yinxin_key_parse_pkcs12(file.data(), file.size(), password.c_str(), &key, &certificate, error);
    });
    return std::pair<Key, Certificate>(Key(key), Certificate(certificate));
}

/* A root, list or pack, DSSE JSON, with one more signature. */
inline Bytes sign_trust_document(const Bytes &document, const Key &key) {
    return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_trust_document_sign(document.data(), document.size(), key.get(), out, error);
    });
}

/* A root or list from its JSON, signed by one key. */
inline Bytes make_trust_document(yinxin_trust_document_kind kind, const std::string &payload, const Key &key) {
    return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_trust_document_make(kind, payload.c_str(), key.get(), out, error);
    });
}

/* A status list, JWT; one byte a license or seal, of so many bits. */
inline Bytes make_status_list(const std::string &uri, std::int64_t issued, std::int64_t ttl_seconds, int bits,
                              const Bytes &statuses, const Key &publisher) {
    return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
        return yinxin_status_list_make(uri.c_str(), issued, ttl_seconds, bits, statuses.data(), statuses.size(),
                                       publisher.get(), out, error);
    });
}

/* Whose certificate is to be made, and for how long; for tests and an authority of one's own. */
class CertificateSpec {
public:
    /* The serial number is positive, big-endian, of up to 20 bytes; both times are included. */
    CertificateSpec(const std::string &common_name, const Bytes &serial, std::int64_t valid_from,
                    std::int64_t valid_until)
        : owner_(detail::made<yinxin_certificate_spec>([&](yinxin_certificate_spec **out, yinxin_error **error) {
              return yinxin_certificate_spec_new(common_name.c_str(), nullptr, serial.data(), serial.size(),
                                                 valid_from, valid_until, out, error);
          })) {}

    Certificate root(const Key &key) const {
        return Certificate(detail::made<yinxin_certificate>([&](yinxin_certificate **out, yinxin_error **error) {
            return yinxin_certificate_make_root(owner_.get(), key.get(), out, error);
        }));
    }
    Certificate signer(const Key &key, const Certificate &issuer, const Key &issuer_key) const {
        return Certificate(detail::made<yinxin_certificate>([&](yinxin_certificate **out, yinxin_error **error) {
            return yinxin_certificate_make_signer(owner_.get(), key.get(), issuer.get(), issuer_key.get(), out,
                                                  error);
        }));
    }

private:
    detail::Owner<yinxin_certificate_spec, yinxin_certificate_spec_free> owner_;
};

/* A revocation list to be made, for tests and an authority of one's own. */
class CrlBuilder {
public:
    CrlBuilder(std::int64_t number, std::int64_t this_update, std::int64_t next_update)
        : owner_(detail::made<yinxin_crl_builder>([&](yinxin_crl_builder **out, yinxin_error **error) {
              return yinxin_crl_builder_new(number, this_update, next_update, out, error);
          })) {}

    CrlBuilder &revoke(const Certificate &certificate, std::int64_t revoked_at) {
        detail::run([&](yinxin_error **error) {
            return yinxin_crl_builder_revoke(owner_.get(), certificate.get(), revoked_at, error);
        });
        return *this;
    }
    Bytes sign(const Certificate &issuer, const Key &issuer_key) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_crl_builder_sign(owner_.get(), issuer.get(), issuer_key.get(), out, error);
        });
    }

private:
    detail::Owner<yinxin_crl_builder, yinxin_crl_builder_free> owner_;
};

/* A verdict with all that led to it. There is no conversion to bool: ask for the outcome. */
class Report {
public:
    explicit Report(yinxin_report *owned) : owner_(owned) {}

    yinxin_outcome outcome() const { return yinxin_outcome(yinxin_report_outcome(get())); }
    yinxin_outcome axis(yinxin_axis axis) const { return yinxin_outcome(yinxin_report_axis(get(), axis)); }
    std::string json() const {
        std::size_t len = 0;
        const char *json = yinxin_report_json(get(), &len);
        return std::string(json, len);
    }
    /* A fact by its JSON pointer, such as "/headline"; empty for what is not there. */
    std::string get(const std::string &place) const {
        std::size_t len = 0;
        const char *text = yinxin_report_get(get(), place.c_str(), &len);
        return text ? std::string(text, len) : std::string();
    }
    std::size_t count(const std::string &place) const { return yinxin_report_count(get(), place.c_str()); }
    yinxin_outcome outcome_at(const std::string &place) const {
        return yinxin_outcome(yinxin_report_outcome_at(get(), place.c_str()));
    }
    const yinxin_report *get() const noexcept { return owner_.get(); }

private:
    detail::Owner<yinxin_report, yinxin_report_free> owner_;
};

/* The evidence of a pack; its trust list is in the state that came with it. */
class TrustPack {
public:
    explicit TrustPack(yinxin_trust_pack *owned) : owner_(owned) {}

    std::int64_t issued() const { return yinxin_trust_pack_issued(get()); }
    std::int64_t expires() const { return yinxin_trust_pack_expires(get()); }
    const yinxin_trust_pack *get() const noexcept { return owner_.get(); }

private:
    detail::Owner<yinxin_trust_pack, yinxin_trust_pack_free> owner_;
};

/* A pack to be put together around a signed list. */
class PackSpec {
public:
    PackSpec(const std::string &name, yinxin_environment environment, std::int64_t issued, std::int64_t expires,
             const Bytes &list)
        : owner_(detail::made<yinxin_pack_spec>([&](yinxin_pack_spec **out, yinxin_error **error) {
              return yinxin_pack_spec_new(name.c_str(), environment, issued, expires, list.data(), list.size(), out,
                                          error);
          })) {}

    PackSpec &add(yinxin_pack_part part, const Bytes &file) {
        detail::run([&](yinxin_error **error) {
            return yinxin_pack_spec_add(owner_.get(), part, file.data(), file.size(), error);
        });
        return *this;
    }
    Bytes make(const Key &key) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pack_spec_make(owner_.get(), key.get(), out, error);
        });
    }

private:
    detail::Owner<yinxin_pack_spec, yinxin_pack_spec_free> owner_;
};

/* A trust system as one caller holds it; keep its bytes between runs. */
class TrustState {
public:
    static TrustState pin(const Bytes &root, yinxin_environment environment, std::int64_t now) {
        return TrustState(detail::made<yinxin_trust_state>([&](yinxin_trust_state **out, yinxin_error **error) {
            return yinxin_trust_state_pin(root.data(), root.size(), environment, now, out, error);
        }));
    }
    static TrustState from_bytes(const Bytes &stored) {
        return TrustState(detail::made<yinxin_trust_state>([&](yinxin_trust_state **out, yinxin_error **error) {
            return yinxin_trust_state_from_bytes(stored.data(), stored.size(), out, error);
        }));
    }
    explicit TrustState(yinxin_trust_state *owned) : owner_(owned) {}

    TrustState rotate(const Bytes &root, std::int64_t now) const {
        return TrustState(detail::made<yinxin_trust_state>([&](yinxin_trust_state **out, yinxin_error **error) {
            return yinxin_trust_state_rotate(get(), root.data(), root.size(), now, out, error);
        }));
    }
    TrustState install(const Bytes &list, std::int64_t now) const {
        return TrustState(detail::made<yinxin_trust_state>([&](yinxin_trust_state **out, yinxin_error **error) {
            return yinxin_trust_state_install(get(), list.data(), list.size(), now, out, error);
        }));
    }
    /* The state with the pack's list, and the pack for its evidence. */
    std::pair<TrustState, TrustPack> open_pack(const Bytes &pack, std::int64_t now) const {
        yinxin_trust_state *state = nullptr;
        yinxin_trust_pack *opened = nullptr;
        detail::run([&](yinxin_error **error) {
            return yinxin_trust_state_open_pack(get(), pack.data(), pack.size(), now, &state, &opened, error);
        });
        return std::pair<TrustState, TrustPack>(TrustState(state), TrustPack(opened));
    }
    /* Remembers a time, so that a clock set back later is noticed. */
    TrustState seen(std::int64_t now) const {
        return TrustState(detail::made<yinxin_trust_state>([&](yinxin_trust_state **out, yinxin_error **error) {
            return yinxin_trust_state_seen(get(), now, out, error);
        }));
    }
    std::int64_t latest_seen() const { return yinxin_trust_state_latest_seen(get()); }
    Bytes to_bytes() const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_trust_state_to_bytes(get(), out, error);
        });
    }
    std::string name() const { return detail::text(yinxin_trust_state_name(get())); }
    std::int64_t list_version() const { return yinxin_trust_state_list_version(get()); }
    /* "none", "fresh", "stale-warn" or "stale-stop". */
    std::string freshness(std::int64_t at) const { return detail::text(yinxin_trust_state_freshness(get(), at)); }
    const yinxin_trust_state *get() const noexcept { return owner_.get(); }

private:
    detail::Owner<yinxin_trust_state, yinxin_trust_state_free> owner_;
};

/* Judges under one policy with the trust material it was given. */
class Verifier {
public:
    class Builder;
    explicit Verifier(yinxin_verifier *owned) : owner_(owned) {}

    Report verify(const Bytes &document, std::int64_t evaluated_at) const {
        return Report(detail::made<yinxin_report>([&](yinxin_report **out, yinxin_error **error) {
            return yinxin_verifier_verify(get(), document.data(), document.size(), evaluated_at, out, error);
        }));
    }
    Report verify_detached(const Bytes &signature, const Bytes &content, std::int64_t evaluated_at) const {
        return Report(detail::made<yinxin_report>([&](yinxin_report **out, yinxin_error **error) {
            return yinxin_verifier_verify_detached(get(), signature.data(), signature.size(), content.data(),
                                                   content.size(), evaluated_at, out, error);
        }));
    }
    Report verify_encrypted(const Bytes &document, const Key &recipient, std::int64_t evaluated_at) const {
        return Report(detail::made<yinxin_report>([&](yinxin_report **out, yinxin_error **error) {
            return yinxin_verifier_verify_encrypted(get(), document.data(), document.size(), recipient.get(),
                                                    evaluated_at, out, error);
        }));
    }
    const yinxin_verifier *get() const noexcept { return owner_.get(); }

private:
    detail::Owner<yinxin_verifier, yinxin_verifier_free> owner_;
};

class Verifier::Builder {
public:
    /* "basic", "window", "archive", or a policy as JSON text. */
    explicit Builder(const std::string &policy = "window")
        : owner_(detail::made<yinxin_verifier_builder>([&](yinxin_verifier_builder **out, yinxin_error **error) {
              return yinxin_verifier_builder_new(policy.c_str(), out, error);
          })) {}

    Builder &anchors(yinxin_anchor_role role, const Bytes &file) {
        detail::Check check;
        check(yinxin_verifier_builder_add_anchors(owner_.get(), role, file.data(), file.size(), check.out()));
        return *this;
    }
    Builder &intermediates(const Bytes &file) { return add(yinxin_verifier_builder_add_intermediates, file); }
    Builder &signer_certificates(const Bytes &file) {
        return add(yinxin_verifier_builder_add_signer_certificates, file);
    }
    Builder &crls(const Bytes &file) { return add(yinxin_verifier_builder_add_crls, file); }
    Builder &ocsp(const Bytes &file) { return add(yinxin_verifier_builder_add_ocsp, file); }
    Builder &status_list(const Bytes &file) { return add(yinxin_verifier_builder_add_status_list, file); }
    Builder &status_references(const Bytes &file) {
        return add(yinxin_verifier_builder_add_status_references, file);
    }
    /* As of the time that the list states, or of another. */
    Builder &seal_revocations(const Bytes &file, const std::int64_t *as_of = nullptr) {
        detail::run([&](yinxin_error **error) {
            return yinxin_verifier_builder_add_seal_revocations(owner_.get(), file.data(), file.size(), as_of, error);
        });
        return *this;
    }
    Builder &pack(const TrustPack &pack) {
        detail::run([&](yinxin_error **error) {
            return yinxin_verifier_builder_add_pack(owner_.get(), pack.get(), error);
        });
        return *this;
    }
    Builder &freshness_limits(std::int64_t warn_days, std::int64_t stop_days) {
        detail::run([&](yinxin_error **error) {
            return yinxin_verifier_builder_set_freshness_limits(owner_.get(), warn_days, stop_days, error);
        });
        return *this;
    }
    Builder &sm2_id(const Bytes &id) { return add(yinxin_verifier_builder_add_sm2_id, id); }
    Builder &trust(const TrustState &state) {
        detail::Check check;
        check(yinxin_verifier_builder_set_trust(owner_.get(), state.get(), check.out()));
        return *this;
    }
    Builder &password(const std::string &password) {
        detail::Check check;
        check(yinxin_verifier_builder_set_password(owner_.get(), password.c_str(), check.out()));
        return *this;
    }
    Verifier build() const {
        return Verifier(detail::made<yinxin_verifier>([&](yinxin_verifier **out, yinxin_error **error) {
            return yinxin_verifier_builder_build(owner_.get(), out, error);
        }));
    }

private:
    typedef yinxin_status Add(yinxin_verifier_builder *, const std::uint8_t *, std::size_t, yinxin_error **);
    Builder &add(Add *add, const Bytes &file) {
        detail::Check check;
        check(add(owner_.get(), file.data(), file.size(), check.out()));
        return *this;
    }
    detail::Owner<yinxin_verifier_builder, yinxin_verifier_builder_free> owner_;
};

/* A question about one certificate, apart from any document. */
class PathRequest {
public:
    explicit PathRequest(const Certificate &leaf, yinxin_purpose purpose = YINXIN_PURPOSE_SIGNER)
        : owner_(detail::made<yinxin_path_request>([&](yinxin_path_request **out, yinxin_error **error) {
              return yinxin_path_request_new(leaf.get(), purpose, out, error);
          })) {}

    PathRequest &anchors(const Bytes &file) { return add(yinxin_path_request_add_anchors, file); }
    PathRequest &intermediates(const Bytes &file) { return add(yinxin_path_request_add_intermediates, file); }
    PathRequest &crls(const Bytes &file) { return add(yinxin_path_request_add_crls, file); }
    PathRequest &ocsp(const Bytes &file) { return add(yinxin_path_request_add_ocsp, file); }
    PathRequest &revocation(yinxin_revocation_mode mode) {
        detail::run([&](yinxin_error **error) {
            return yinxin_path_request_set_revocation(owner_.get(), mode, error);
        });
        return *this;
    }
    PathRequest &max_depth(std::int32_t depth) {
        detail::run([&](yinxin_error **error) {
            return yinxin_path_request_set_max_depth(owner_.get(), depth, error);
        });
        return *this;
    }
    PathRequest &policy(const std::string &oid) {
        detail::run([&](yinxin_error **error) {
            return yinxin_path_request_add_policy(owner_.get(), oid.c_str(), error);
        });
        return *this;
    }
    PathRequest &policy_rules(bool explicit_policy, bool inhibit_mapping, bool inhibit_any) {
        detail::run([&](yinxin_error **error) {
            return yinxin_path_request_set_policy_rules(owner_.get(), explicit_policy, inhibit_mapping, inhibit_any,
                                                        error);
        });
        return *this;
    }
    /* The report, JSON (yinxin.path/1). */
    std::string judge(std::int64_t at) const {
        return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_path_request_judge(owner_.get(), at, out, error);
        });
    }

private:
    typedef yinxin_status Add(yinxin_path_request *, const std::uint8_t *, std::size_t, yinxin_error **);
    PathRequest &add(Add *add, const Bytes &file) {
        detail::run([&](yinxin_error **error) { return add(owner_.get(), file.data(), file.size(), error); });
        return *this;
    }
    detail::Owner<yinxin_path_request, yinxin_path_request_free> owner_;
};

/* For whom OFD packages are encrypted: by password or by certificate, not both. */
class Encryptor {
public:
    explicit Encryptor(std::int64_t encrypted_at)
        : owner_(detail::made<yinxin_encryptor>([&](yinxin_encryptor **out, yinxin_error **error) {
              return yinxin_encryptor_new(encrypted_at, out, error);
          })) {}

    Encryptor &password(const std::string &name, const std::string &password) {
        detail::run([&](yinxin_error **error) {
            return yinxin_encryptor_add_password(owner_.get(), name.c_str(), password.c_str(), error);
        });
        return *this;
    }
    Encryptor &certificate(const std::string &name, const Certificate &certificate) {
        detail::run([&](yinxin_error **error) {
            return yinxin_encryptor_add_certificate(owner_.get(), name.c_str(), certificate.get(), error);
        });
        return *this;
    }
    Bytes encrypt(const Bytes &document) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_encryptor_encrypt(owner_.get(), document.data(), document.size(), out, error);
        });
    }

private:
    detail::Owner<yinxin_encryptor, yinxin_encryptor_free> owner_;
};

/* What somebody has gathered to make signatures last. */
class Evidence {
public:
    Evidence()
        : owner_(detail::made<yinxin_evidence>(
              [](yinxin_evidence **out, yinxin_error **error) { return yinxin_evidence_new(out, error); })) {}

    Evidence &certificates(const Bytes &file) { return add(yinxin_evidence_add_certificates, file); }
    Evidence &crls(const Bytes &file) { return add(yinxin_evidence_add_crls, file); }
    Evidence &ocsp(const Bytes &file) { return add(yinxin_evidence_add_ocsp, file); }
    const yinxin_evidence *get() const noexcept { return owner_.get(); }

private:
    typedef yinxin_status Add(yinxin_evidence *, const std::uint8_t *, std::size_t, yinxin_error **);
    Evidence &add(Add *add, const Bytes &file) {
        detail::run([&](yinxin_error **error) { return add(owner_.get(), file.data(), file.size(), error); });
        return *this;
    }
    detail::Owner<yinxin_evidence, yinxin_evidence_free> owner_;
};

/* Evidence that is about to be added to a PDF. */
class Augmentation {
public:
    Augmentation(const Bytes &document, const Evidence &evidence)
        : owner_(detail::made<yinxin_augmentation>([&](yinxin_augmentation **out, yinxin_error **error) {
              return yinxin_augmentation_prepare(document.data(), document.size(), evidence.get(), out, error);
          })) {}

    std::size_t missing_count() const { return yinxin_augmentation_missing_count(owner_.get()); }
    /* "time_stamp", "certificate", "issuer", "revocation" or "unreadable"; empty past the last. */
    std::string missing_what(std::size_t index) const {
        return detail::text(yinxin_augmentation_missing_what(owner_.get(), index));
    }
    std::string missing_field(std::size_t index) const {
        return detail::text(yinxin_augmentation_missing_field(owner_.get(), index));
    }
    Certificate missing_certificate(std::size_t index) const {
        return Certificate(detail::made<yinxin_certificate>([&](yinxin_certificate **out, yinxin_error **error) {
            return yinxin_augmentation_missing_certificate(owner_.get(), index, out, error);
        }));
    }
    Bytes finish(std::int64_t gathered_at, bool incomplete = false) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_augmentation_finish(owner_.get(), incomplete, gathered_at, out, error);
        });
    }

private:
    detail::Owner<yinxin_augmentation, yinxin_augmentation_free> owner_;
};

/* A PDF that waits for a time stamp over all of it. */
class DocumentStamp {
public:
    DocumentStamp(const Bytes &document, const Bytes &nonce)
        : owner_(detail::made<yinxin_document_stamp>([&](yinxin_document_stamp **out, yinxin_error **error) {
              return yinxin_document_stamp_prepare(document.data(), document.size(), nonce.data(), nonce.size(), out,
                                                   error);
          })) {}
    static DocumentStamp from_bytes(const Bytes &stored, const Bytes &document) {
        return DocumentStamp(detail::made<yinxin_document_stamp>([&](yinxin_document_stamp **out, yinxin_error **error) {
            return yinxin_document_stamp_from_bytes(stored.data(), stored.size(), document.data(), document.size(), out,
                                                    error);
        }));
    }

    Bytes request() const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_document_stamp_request(owner_.get(), out, error);
        });
    }
    Bytes complete(const Bytes &response) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_document_stamp_complete(owner_.get(), response.data(), response.size(), nullptr, out, error);
        });
    }
    Bytes to_bytes() const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_document_stamp_to_bytes(owner_.get(), out, error);
        });
    }

private:
    explicit DocumentStamp(yinxin_document_stamp *owned) : owner_(owned) {}
    detail::Owner<yinxin_document_stamp, yinxin_document_stamp_free> owner_;
};

/* A document, license, seal or list of files that waits for its signature. */
class Pending {
public:
    /* Takes up a stored document with the bytes it was prepared from. */
    static Pending from_bytes(const Bytes &stored, const Bytes &document) {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_pending_from_bytes(stored.data(), stored.size(), document.data(), document.size(), out,
                                             error);
        }));
    }
    /* Lists every file of an OFD package and freezes the list (GM/T 0099-2020 7.4). */
    static Pending integrity(const Bytes &document, const Certificate &signer, std::int64_t signed_at) {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_integrity_prepare(document.data(), document.size(), signer.get(), signed_at, out, error);
        }));
    }
    static Pending integrity_from_bytes(const Bytes &stored, const Bytes &document) {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_integrity_from_bytes(stored.data(), stored.size(), document.data(), document.size(), out,
                                               error);
        }));
    }
    explicit Pending(yinxin_pending *owned) : owner_(owned) {}

    Bytes message() const {
        std::size_t len = 0;
        const std::uint8_t *data = yinxin_pending_message(owner_.get(), &len);
        return detail::copy(data, len);
    }
    Bytes digest() const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_digest(owner_.get(), out, error);
        });
    }
    std::string algorithm() const {
        return detail::string([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_algorithm(owner_.get(), out, error);
        });
    }
    /* DER, or r and s side by side for SM2; verified before it is embedded. */
    Bytes complete(const Bytes &signature) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_complete(owner_.get(), signature.data(), signature.size(), out, error);
        });
    }
    Bytes sign(const Key &key) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_sign(owner_.get(), key.get(), out, error);
        });
    }
    Bytes to_bytes() const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_to_bytes(owner_.get(), out, error);
        });
    }
    void add_signature(const Bytes &signature) {
        detail::Check check;
        check(yinxin_pending_add_signature(owner_.get(), signature.data(), signature.size(), check.out()));
    }
    Bytes time_stamp_request(const Bytes &nonce) {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_time_stamp_request(owner_.get(), nonce.data(), nonce.size(), out, error);
        });
    }
    void add_time_stamp(const Bytes &response) {
        detail::Check check;
        check(yinxin_pending_add_time_stamp(owner_.get(), response.data(), response.size(), nullptr, check.out()));
    }
    Bytes finish() const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_pending_finish(owner_.get(), out, error);
        });
    }

private:
    detail::Owner<yinxin_pending, yinxin_pending_free> owner_;
};

/* A seal that can be used. */
class Seal {
public:
    static Seal parse(const Bytes &der) {
        return Seal(detail::made<yinxin_seal>([&](yinxin_seal **out, yinxin_error **error) {
            return yinxin_seal_parse(der.data(), der.size(), out, error);
        }));
    }
    explicit Seal(yinxin_seal *owned) : owner_(owned) {}

    std::string id() const { return detail::text(yinxin_seal_id(get())); }
    std::string name() const { return detail::text(yinxin_seal_name(get())); }
    int layout() const { return yinxin_seal_layout(get()); }
    /* The standard of its layout, such as "GB/T 38540-2020". */
    std::string standard() const { return detail::text(yinxin_seal_standard(get())); }
    std::int64_t valid_from() const { return yinxin_seal_valid_from(get()); }
    std::int64_t valid_until() const { return yinxin_seal_valid_until(get()); }
    std::size_t signer_count() const { return yinxin_seal_signer_count(get()); }
    Bytes der() const {
        std::size_t len = 0;
        const std::uint8_t *data = yinxin_seal_der(get(), &len);
        return detail::copy(data, len);
    }
    Bytes picture() const {
        std::size_t len = 0;
        const std::uint8_t *data = yinxin_seal_picture(get(), &len);
        return detail::copy(data, len);
    }
    std::int64_t picture_width_mm() const { return yinxin_seal_picture_width_mm(get()); }
    std::int64_t picture_height_mm() const { return yinxin_seal_picture_height_mm(get()); }
    std::string picture_type() const { return detail::text(yinxin_seal_picture_type(get())); }
    Certificate maker() const {
        return Certificate(detail::made<yinxin_certificate>([&](yinxin_certificate **out, yinxin_error **error) {
            return yinxin_seal_maker(get(), out, error);
        }));
    }
    /* The question to a time stamp authority over the seal, and the seal with its answer. */
    Bytes time_stamp_request(const Bytes &nonce) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_seal_time_stamp_request(get(), nonce.data(), nonce.size(), out, error);
        });
    }
    Seal with_time_stamp(const Bytes &request, const Bytes &response) const {
        return Seal(detail::made<yinxin_seal>([&](yinxin_seal **out, yinxin_error **error) {
            return yinxin_seal_add_time_stamp(get(), request.data(), request.size(), response.data(), response.size(),
                                              nullptr, out, error);
        }));
    }
    const yinxin_seal *get() const noexcept { return owner_.get(); }

private:
    detail::Owner<yinxin_seal, yinxin_seal_free> owner_;
};

/* What a new seal is to be. */
class SealSpec {
public:
    SealSpec(const std::string &id, const std::string &name, std::int64_t created_at, std::int64_t valid_from,
             std::int64_t valid_until)
        : owner_(detail::made<yinxin_seal_spec>([&](yinxin_seal_spec **out, yinxin_error **error) {
              return yinxin_seal_spec_new(id.c_str(), name.c_str(), created_at, valid_from, valid_until, out, error);
          })) {}

    SealSpec &layout(yinxin_layout layout) {
        detail::Check check;
        check(yinxin_seal_spec_set_layout(owner_.get(), layout, check.out()));
        return *this;
    }
    SealSpec &listing(yinxin_listing listing) {
        detail::Check check;
        check(yinxin_seal_spec_set_listing(owner_.get(), listing, check.out()));
        return *this;
    }
    SealSpec &signer(const Certificate &signer) {
        detail::Check check;
        check(yinxin_seal_spec_add_signer(owner_.get(), signer.get(), check.out()));
        return *this;
    }
    SealSpec &picture(const Bytes &file, int width_mm, int height_mm) {
        detail::Check check;
        check(yinxin_seal_spec_set_picture(owner_.get(), file.data(), file.size(), width_mm, height_mm, check.out()));
        return *this;
    }
    /* A round seal with a star; without a font only where no text is to be drawn. */
    SealSpec &draw_round(const std::string &name, const Bytes &font, int dpi) {
        detail::Check check;
        check(yinxin_seal_spec_draw_round(owner_.get(), name.c_str(), nullptr, font.data(), font.size(), dpi,
                                          check.out()));
        return *this;
    }
    /* Completing what this gives yields the seal as DER. */
    Pending prepare(const Certificate &maker) const {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_seal_spec_prepare(owner_.get(), maker.get(), out, error);
        }));
    }
    Seal make(const Certificate &maker, const Key &key) const {
        return Seal(detail::made<yinxin_seal>([&](yinxin_seal **out, yinxin_error **error) {
            return yinxin_seal_spec_make(owner_.get(), maker.get(), key.get(), out, error);
        }));
    }

private:
    detail::Owner<yinxin_seal_spec, yinxin_seal_spec_free> owner_;
};

/* A seal or signature to be put on a document. */
class Request {
public:
    static Request affix(const Seal &seal, const Certificate &signer, std::int64_t signed_at) {
        return Request(detail::made<yinxin_request>([&](yinxin_request **out, yinxin_error **error) {
            return yinxin_request_affix(seal.get(), signer.get(), signed_at, out, error);
        }));
    }
    static Request sign(const Certificate &signer, std::int64_t signed_at) {
        return Request(detail::made<yinxin_request>([&](yinxin_request **out, yinxin_error **error) {
            return yinxin_request_sign(signer.get(), signed_at, out, error);
        }));
    }

    /* Page from 0; lengths in micrometres. */
    Request &at(std::size_t page, std::int64_t center_x_um, std::int64_t center_y_um) {
        detail::Check check;
        check(yinxin_request_at(owner_.get(), page, center_x_um, center_y_um, check.out()));
        return *this;
    }
    Request &at_keyword(const std::string &keyword, std::int32_t occurrence = YINXIN_OCCURRENCE_ONLY,
                        std::int64_t right_um = 0, std::int64_t down_um = 0) {
        detail::Check check;
        check(yinxin_request_at_keyword(owner_.get(), keyword.c_str(), occurrence, right_um, down_um, check.out()));
        return *this;
    }
    Request &riding(yinxin_edge edge) {
        detail::Check check;
        check(yinxin_request_riding(owner_.get(), edge, check.out()));
        return *this;
    }
    Request &close_document() {
        detail::Check check;
        check(yinxin_request_close_document(owner_.get(), check.out()));
        return *this;
    }
    Request &relative_to(const std::string &id) {
        return change([&](yinxin_error **error) { return yinxin_request_relative_to(get_(), id.c_str(), error); });
    }
    Request &use_rsa_pss() {
        return change([&](yinxin_error **error) { return yinxin_request_use_rsa_pss(get_(), error); });
    }
    Request &use_cms() {
        return change([&](yinxin_error **error) { return yinxin_request_use_cms(get_(), error); });
    }
    Request &certificate(const Certificate &certificate) {
        return change([&](yinxin_error **error) {
            return yinxin_request_add_certificate(get_(), certificate.get(), error);
        });
    }
    Request &without_time_stamp() {
        return change([&](yinxin_error **error) { return yinxin_request_without_time_stamp(get_(), error); });
    }
    Request &pdf_text(yinxin_pdf_text kind, const std::string &value) {
        return change([&](yinxin_error **error) {
            return yinxin_request_set_pdf_text(get_(), kind, value.c_str(), error);
        });
    }
    Request &pdf_format(yinxin_pdf_format format) {
        return change([&](yinxin_error **error) { return yinxin_request_set_pdf_format(get_(), format, error); });
    }
    Request &certify(yinxin_pdf_permission permission) {
        return change([&](yinxin_error **error) { return yinxin_request_certify(get_(), permission, error); });
    }
    Request &lock_all_fields() {
        return change([&](yinxin_error **error) {
            return yinxin_request_lock_field(get_(), YINXIN_FIELD_LOCK_ALL, nullptr, error);
        });
    }
    Request &lock_field(yinxin_field_lock lock, const std::string &field) {
        return change([&](yinxin_error **error) {
            return yinxin_request_lock_field(get_(), lock, field.c_str(), error);
        });
    }
    /* A picture (PNG), so many micrometres wide and high around its place's centre. */
    Request &show_picture(const Bytes &picture, std::int64_t width_um, std::int64_t height_um) {
        return change([&](yinxin_error **error) {
            return yinxin_request_show(get_(), width_um, height_um, picture.data(), picture.size(), nullptr, nullptr,
                                       0, error);
        });
    }
    /* A text in a font, beside a picture unless that is empty. */
    Request &show_text(const std::string &text, const Bytes &font, std::int64_t width_um, std::int64_t height_um,
                       const Bytes &picture = Bytes()) {
        return change([&](yinxin_error **error) {
            return yinxin_request_show(get_(), width_um, height_um, picture.data(), picture.size(), text.c_str(),
                                       font.data(), font.size(), error);
        });
    }
    Pending prepare(const Bytes &document) const {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_request_prepare(owner_.get(), document.data(), document.size(), out, error);
        }));
    }
    const yinxin_request *get() const noexcept { return owner_.get(); }

private:
    explicit Request(yinxin_request *owned) : owner_(owned) {}
    yinxin_request *get_() const noexcept { return owner_.get(); }
    template <typename Call>
    Request &change(Call call) {
        detail::run(call);
        return *this;
    }
    detail::Owner<yinxin_request, yinxin_request_free> owner_;
};

/* A license to be issued. */
class Draft {
public:
    /* Metadata as JSON text; the design is a name or JSON text. */
    Draft(const std::string &metadata, const std::string &design, std::int64_t created_at)
        : owner_(detail::made<yinxin_draft>([&](yinxin_draft **out, yinxin_error **error) {
              return yinxin_draft_new(metadata.c_str(), design.c_str(), created_at, out, error);
          })) {}

    Draft &font(yinxin_font_role role, const Bytes &font) {
        detail::Check check;
        check(yinxin_draft_set_font(owner_.get(), role, font.data(), font.size(), check.out()));
        return *this;
    }
    Draft &for_archive() {
        detail::Check check;
        check(yinxin_draft_for_archive(owner_.get(), check.out()));
        return *this;
    }
    /* Throws where the metadata do not fit their type in the built-in catalog. */
    void check_catalog() const {
        detail::Check check;
        check(yinxin_draft_check_catalog(owner_.get(), nullptr, check.out()));
    }
    Bytes document(yinxin_format format) const {
        return detail::bytes([&](yinxin_bytes **out, yinxin_error **error) {
            return yinxin_draft_document(owner_.get(), format, out, error);
        });
    }
    Pending prepare(yinxin_format format, const Request &request) const {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_draft_prepare(owner_.get(), format, request.get(), out, error);
        }));
    }
    Pending resume(yinxin_format format, const Bytes &stored) const {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_draft_resume(owner_.get(), format, stored.data(), stored.size(), out, error);
        }));
    }

private:
    detail::Owner<yinxin_draft, yinxin_draft_free> owner_;
};

} // namespace yinxin

#endif /* YINXIN_HPP */
