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
    static Key parse(const Bytes &file) { return parse(file, nullptr); }
    static Key parse(const Bytes &file, const std::string &password) { return parse(file, password.c_str()); }
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
    const yinxin_key *get() const noexcept { return owner_.get(); }

private:
    static Key parse(const Bytes &file, const char *password) {
        return Key(detail::made<yinxin_key>([&](yinxin_key **out, yinxin_error **error) {
            return yinxin_key_parse(file.data(), file.size(), password, out, error);
        }));
    }
    detail::Owner<yinxin_key, yinxin_key_free> owner_;
};

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
    Builder &sm2_id(const Bytes &id) { return add(yinxin_verifier_builder_add_sm2_id, id); }
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

/* A document, license or seal that waits for its signature. */
class Pending {
public:
    /* Takes up a stored document with the bytes it was prepared from. */
    static Pending from_bytes(const Bytes &stored, const Bytes &document) {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_pending_from_bytes(stored.data(), stored.size(), document.data(), document.size(), out,
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
    Pending prepare(const Bytes &document) const {
        return Pending(detail::made<yinxin_pending>([&](yinxin_pending **out, yinxin_error **error) {
            return yinxin_request_prepare(owner_.get(), document.data(), document.size(), out, error);
        }));
    }
    const yinxin_request *get() const noexcept { return owner_.get(); }

private:
    explicit Request(yinxin_request *owned) : owner_(owned) {}
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
