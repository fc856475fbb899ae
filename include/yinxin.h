#ifndef YINXIN_H
#define YINXIN_H

/* Written from bindings/c by `YINXIN_BLESS=1 cargo test -p yinxin-c --test header`. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * yinxin: issues, seals and verifies electronic licenses and electronic seals, offline.
 *
 * Conventions, in full in bindings/c/README.md:
 *
 *  1. Names begin with yinxin_; yinxin_<noun>_<verb> takes the <noun> first.
 *  2. What can fail returns a yinxin_status; the last argument may be NULL, or receives a
 *     yinxin_error to be freed with yinxin_error_free. It is written on failure only.
 *  3. Inputs are borrowed for the call. NULL for an object, bytes or a text that must be there
 *     gives YINXIN_STATUS_NULL_POINTER; texts are UTF-8 with a NUL at their end.
 *  4. Outputs are written on success only. An object received is freed with its own _free, once;
 *     NULL is fine there.
 *  5. What a function returns as a const pointer belongs to the object in its first argument and
 *     lives as long.
 *  6. Threads: an object may be read by any number of threads at once. Builders and whatever takes
 *     its first argument without const are for one thread at a time, and so is every _free.
 *  7. No callbacks, no global state, no errno.
 *  8. Enumerations are passed as int32_t; another number gives YINXIN_STATUS_INVALID_ENUM. Times are
 *     seconds since 1970-01-01T00:00:00Z.
 *  9. A bug in the library gives YINXIN_STATUS_PANIC and never ends the process.
 * 10. In 0.x the interface may change with the minor version; from 1.0 on it only grows.
 */

#define YINXIN_VERSION "0.1.0"
#define YINXIN_VERSION_MAJOR 0
#define YINXIN_VERSION_MINOR 1
#define YINXIN_VERSION_PATCH 0
#define YINXIN_ABI_VERSION 1

#ifndef YINXIN_API
#if defined(_WIN32) && !defined(YINXIN_STATIC)
#define YINXIN_API __declspec(dllimport)
#elif defined(__GNUC__)
#define YINXIN_API __attribute__((visibility("default")))
#else
#define YINXIN_API
#endif
#endif

#ifndef YINXIN_MUST_USE
#if defined(__GNUC__)
#define YINXIN_MUST_USE __attribute__((warn_unused_result))
#else
#define YINXIN_MUST_USE
#endif
#endif


/**
 * What a call came to. Zero is success; 1 to 99 are mistakes at the border between C and the
 * library; the rest are the library's kinds of error, the same numbers in every language. Numbers
 * are never used again.
 */
enum yinxin_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Success.
     */
    YINXIN_STATUS_OK = 0,
    /**
     * A pointer that must lead somewhere is NULL.
     */
    YINXIN_STATUS_NULL_POINTER = 1,
    /**
     * A text is not UTF-8.
     */
    YINXIN_STATUS_INVALID_UTF8 = 2,
    /**
     * A length is longer than any object can be.
     */
    YINXIN_STATUS_INVALID_LENGTH = 3,
    /**
     * A number stands for no member of its enumeration.
     */
    YINXIN_STATUS_INVALID_ENUM = 4,
    /**
     * A bug of the library was stopped at its border. Free the objects that took part.
     */
    YINXIN_STATUS_PANIC = 5,
    /**
     * Bytes do not have the form they must have.
     */
    YINXIN_STATUS_MALFORMED = 100,
    /**
     * A named limit on size, depth, count or ratio was exceeded.
     */
    YINXIN_STATUS_LIMIT_EXCEEDED = 101,
    /**
     * Well formed, but of a kind this version cannot judge.
     */
    YINXIN_STATUS_UNSUPPORTED = 102,
    /**
     * A container that two readers could take for two different documents.
     */
    YINXIN_STATUS_AMBIGUOUS = 103,
    /**
     * A part that others refer to is not there.
     */
    YINXIN_STATUS_MISSING = 104,
    /**
     * A signature value does not verify under the key.
     */
    YINXIN_STATUS_SIGNATURE_MISMATCH = 200,
    /**
     * A key is malformed, off its curve, or too small.
     */
    YINXIN_STATUS_INVALID_KEY = 201,
    /**
     * The password does not open the file.
     */
    YINXIN_STATUS_WRONG_PASSWORD = 202,
    /**
     * Key and certificate do not belong together.
     */
    YINXIN_STATUS_KEY_MISMATCH = 203,
    /**
     * The algorithm is not offered, or not with this key.
     */
    YINXIN_STATUS_UNSUPPORTED_ALGORITHM = 204,
    /**
     * An argument of the call is outside its documented range.
     */
    YINXIN_STATUS_INVALID_ARGUMENT = 300,
    /**
     * License metadata is incomplete or contradicts itself.
     */
    YINXIN_STATUS_INVALID_METADATA = 301,
    /**
     * An identifier or code has a wrong form or check character.
     */
    YINXIN_STATUS_INVALID_IDENTIFIER = 302,
    /**
     * The seal may not be used for this signature.
     */
    YINXIN_STATUS_SEAL_UNUSABLE = 303,
    /**
     * The signer's certificate is not in the seal's list.
     */
    YINXIN_STATUS_SIGNER_NOT_IN_SEAL = 304,
    /**
     * The signer's certificate was renewed: the seal must be made anew.
     */
    YINXIN_STATUS_SIGNER_RENEWED = 305,
    /**
     * An earlier signature forbids further changes.
     */
    YINXIN_STATUS_DOCUMENT_LOCKED = 306,
    /**
     * A pending signature does not belong to this document or was altered.
     */
    YINXIN_STATUS_PENDING_MISMATCH = 307,
    /**
     * The font has no glyph for a character of the text.
     */
    YINXIN_STATUS_MISSING_GLYPH = 308,
    /**
     * The text does not fit the place given for it.
     */
    YINXIN_STATUS_DOES_NOT_FIT = 309,
    /**
     * The document does not show the text that was looked for.
     */
    YINXIN_STATUS_TEXT_NOT_FOUND = 310,
    /**
     * The time stamp authority gave no time stamp.
     */
    YINXIN_STATUS_TIME_STAMP_REFUSED = 320,
    /**
     * A time stamp answers another request.
     */
    YINXIN_STATUS_TIME_STAMP_MISMATCH = 321,
    /**
     * A trust document is older than the one in force.
     */
    YINXIN_STATUS_TRUST_ROLLBACK = 400,
    /**
     * A trust document does not follow from the one in force.
     */
    YINXIN_STATUS_TRUST_FORK = 401,
    /**
     * A trust document is past its end.
     */
    YINXIN_STATUS_TRUST_EXPIRED = 402,
    /**
     * Too few keys of the pinned root signed a trust document.
     */
    YINXIN_STATUS_TRUST_THRESHOLD = 403,
    /**
     * A trust document is of another kind, or of another trust system.
     */
    YINXIN_STATUS_TRUST_ROLE = 404,
    /**
     * No key of the pinned root signed a trust document.
     */
    YINXIN_STATUS_TRUST_ROOT = 405,
    /**
     * A trust document for trials was offered to production, or the reverse.
     */
    YINXIN_STATUS_TRUST_ENVIRONMENT = 406,
    /**
     * A trust list believes nobody.
     */
    YINXIN_STATUS_TRUST_EMPTY = 407,
    /**
     * The time given lies before one seen already, or before a document was issued.
     */
    YINXIN_STATUS_TRUST_CLOCK = 408,
    /**
     * A bug of the library.
     */
    YINXIN_STATUS_INTERNAL = 900,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_status yinxin_status;
#else
typedef int32_t yinxin_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What a verdict or a check came to. Cleared memory reads as failed.
 */
enum yinxin_outcome
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Shown to be wrong.
     */
    YINXIN_OUTCOME_FAILED = 0,
    /**
     * Cannot be judged with what is at hand.
     */
    YINXIN_OUTCOME_INDETERMINATE = 1,
    /**
     * Shown to be right.
     */
    YINXIN_OUTCOME_PASSED = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_outcome yinxin_outcome;
#else
typedef int32_t yinxin_outcome;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The three questions a verdict answers.
 */
enum yinxin_axis
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Are these the bytes that were sealed?
     */
    YINXIN_AXIS_AUTHENTIC = 0,
    /**
     * Was it sealed by whom it should be?
     */
    YINXIN_AXIS_TRUSTED = 1,
    /**
     * Is the license in force?
     */
    YINXIN_AXIS_IN_FORCE = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_axis yinxin_axis;
#else
typedef int32_t yinxin_axis;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What an anchor vouches for.
 */
enum yinxin_anchor_role
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Signers of documents and seals' users.
     */
    YINXIN_ANCHOR_ROLE_SIGNER = 0,
    /**
     * Makers of seals.
     */
    YINXIN_ANCHOR_ROLE_MAKER = 1,
    /**
     * Time stamp authorities.
     */
    YINXIN_ANCHOR_ROLE_TSA = 2,
    /**
     * OCSP responders.
     */
    YINXIN_ANCHOR_ROLE_OCSP = 3,
    /**
     * Publishers of status lists.
     */
    YINXIN_ANCHOR_ROLE_STATUS_PUBLISHER = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_anchor_role yinxin_anchor_role;
#else
typedef int32_t yinxin_anchor_role;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The container of a license.
 */
enum yinxin_format
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * An OFD package.
     */
    YINXIN_FORMAT_OFD = 0,
    /**
     * A PDF document.
     */
    YINXIN_FORMAT_PDF = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_format yinxin_format;
#else
typedef int32_t yinxin_format;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The layout of a seal, by its standard.
 */
enum yinxin_layout
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * GM/T 0031-2014.
     */
    YINXIN_LAYOUT_GMT0031_2014 = 2014,
    /**
     * GB/T 38540-2020.
     */
    YINXIN_LAYOUT_GBT38540_2020 = 2020,
    /**
     * GM/T 0031-2025.
     */
    YINXIN_LAYOUT_GMT0031_2025 = 2025,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_layout yinxin_layout;
#else
typedef int32_t yinxin_layout;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How a seal names its signers.
 */
enum yinxin_listing
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * By whole certificates, which readers of every layout understand.
     */
    YINXIN_LISTING_CERTIFICATES = 0,
    /**
     * By the SM3 digests of certificates. Not in 2014.
     */
    YINXIN_LISTING_DIGESTS = 1,
    /**
     * By SM3 digests over Z and certificate. Not in 2014; SM2 certificates only.
     */
    YINXIN_LISTING_DIGESTS_WITH_Z = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_listing yinxin_listing;
#else
typedef int32_t yinxin_listing;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A kind of key that can be generated.
 */
enum yinxin_key_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * SM2.
     */
    YINXIN_KEY_KIND_SM2 = 0,
    /**
     * ECDSA on P-256.
     */
    YINXIN_KEY_KIND_P256 = 1,
    /**
     * ECDSA on P-384.
     */
    YINXIN_KEY_KIND_P384 = 2,
    /**
     * Ed25519.
     */
    YINXIN_KEY_KIND_ED25519 = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_key_kind yinxin_key_kind;
#else
typedef int32_t yinxin_key_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A language of the texts.
 */
enum yinxin_language
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Simplified Chinese.
     */
    YINXIN_LANGUAGE_ZH_CN = 0,
    /**
     * English.
     */
    YINXIN_LANGUAGE_EN = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_language yinxin_language;
#else
typedef int32_t yinxin_language;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What a text tells about a code.
 */
enum yinxin_text_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * What an outcome (`passed`) is called.
     */
    YINXIN_TEXT_KIND_OUTCOME = 0,
    /**
     * What a check (`path.anchor`) is called.
     */
    YINXIN_TEXT_KIND_CHECK = 1,
    /**
     * Why: the cause behind a reason (`no_path`).
     */
    YINXIN_TEXT_KIND_CAUSE = 2,
    /**
     * What to do about a reason.
     */
    YINXIN_TEXT_KIND_REMEDY = 3,
    /**
     * What a finding means.
     */
    YINXIN_TEXT_KIND_FINDING = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_text_kind yinxin_text_kind;
#else
typedef int32_t yinxin_text_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Which of several occurrences of a keyword is meant; numbers from 0 on mean that one.
 */
enum yinxin_occurrence
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * There must be one only.
     */
    YINXIN_OCCURRENCE_ONLY = -1,
    /**
     * The last one.
     */
    YINXIN_OCCURRENCE_LAST = -2,
    /**
     * Each of them.
     */
    YINXIN_OCCURRENCE_ALL = -3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_occurrence yinxin_occurrence;
#else
typedef int32_t yinxin_occurrence;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * An edge of a page.
 */
enum yinxin_edge
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The left edge.
     */
    YINXIN_EDGE_LEFT = 0,
    /**
     * The right edge.
     */
    YINXIN_EDGE_RIGHT = 1,
    /**
     * The upper edge.
     */
    YINXIN_EDGE_TOP = 2,
    /**
     * The lower edge.
     */
    YINXIN_EDGE_BOTTOM = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_edge yinxin_edge;
#else
typedef int32_t yinxin_edge;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A kind of typeface of a page design.
 */
enum yinxin_font_role
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Song.
     */
    YINXIN_FONT_ROLE_SONG = 0,
    /**
     * Hei.
     */
    YINXIN_FONT_ROLE_HEI = 1,
    /**
     * Kai.
     */
    YINXIN_FONT_ROLE_KAI = 2,
    /**
     * Fangsong.
     */
    YINXIN_FONT_ROLE_FANG_SONG = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_font_role yinxin_font_role;
#else
typedef int32_t yinxin_font_role;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Bytes that the library made: a document, a message, a text. Wiped when freed. Immutable; any
 * thread may read it.
 */
typedef struct yinxin_bytes yinxin_bytes;

/**
 * A certificate (X.509; never a license). Immutable; any thread may read it.
 */
typedef struct yinxin_certificate yinxin_certificate;

/**
 * Whose certificate is to be made, and for how long. A builder: one thread at a time.
 */
typedef struct yinxin_certificate_spec yinxin_certificate_spec;

/**
 * A revocation list to be made. A builder: one thread at a time.
 */
typedef struct yinxin_crl_builder yinxin_crl_builder;

/**
 * A license to be issued: what it states and how it looks. A builder: one thread at a time.
 */
typedef struct yinxin_draft yinxin_draft;

/**
 * Why a call failed. It holds no personal data and no key. Immutable; any thread may read it.
 */
typedef struct yinxin_error yinxin_error;

/**
 * A private key in memory, wiped when freed. Immutable; any thread may sign with it.
 */
typedef struct yinxin_key yinxin_key;

/**
 * A document, license or seal with everything but its signature. Any number of threads may read
 * it; the calls that add a signature or a time stamp change it and are for one thread at a time.
 */
typedef struct yinxin_pending yinxin_pending;

/**
 * A verdict with all that led to it. Immutable; any number of threads may read it.
 */
typedef struct yinxin_report yinxin_report;

/**
 * A seal or signature to be put on a document. A builder: one thread at a time.
 */
typedef struct yinxin_request yinxin_request;

/**
 * A seal that can be used: its maker's signature verifies under the certificate it carries.
 * Whether its maker is trusted is for a verifier to say. Immutable; any thread may read it.
 */
typedef struct yinxin_seal yinxin_seal;

/**
 * What a new seal is to be. A builder: one thread at a time.
 */
typedef struct yinxin_seal_spec yinxin_seal_spec;

/**
 * Judges under one policy with the trust material it was given. Immutable; any number of threads
 * may verify with it at once.
 */
typedef struct yinxin_verifier yinxin_verifier;

/**
 * Trust material on its way into a verifier. A builder: one thread at a time.
 */
typedef struct yinxin_verifier_builder yinxin_verifier_builder;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The bytes; NULL for NULL. A NUL stands behind the last, so that a text can be used as it is.
 */
YINXIN_API const uint8_t *yinxin_bytes_data(const yinxin_bytes *bytes);

/**
 * How many bytes there are; 0 for NULL.
 */
YINXIN_API size_t yinxin_bytes_len(const yinxin_bytes *bytes);

/**
 * The same bytes as a text, for those calls that give a text; NULL for NULL.
 */
YINXIN_API const char *yinxin_bytes_text(const yinxin_bytes *bytes);

/**
 * Frees bytes; NULL is fine.
 */
YINXIN_API void yinxin_bytes_free(yinxin_bytes *bytes);

/**
 * Reads a certificate, DER or PEM; of several in one file the first.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_certificate_parse(const uint8_t *data,
                                       size_t len,
                                       yinxin_certificate **out,
                                       yinxin_error **error);

/**
 * The subject's name, RFC 4514 style; NULL for NULL. It is what the certificate says: escape it
 * before a person reads it.
 */
YINXIN_API const char *yinxin_certificate_subject(const yinxin_certificate *certificate);

/**
 * The issuer's name, as the subject's.
 */
YINXIN_API const char *yinxin_certificate_issuer(const yinxin_certificate *certificate);

/**
 * The serial number, hexadecimal.
 */
YINXIN_API const char *yinxin_certificate_serial(const yinxin_certificate *certificate);

/**
 * The SHA-256 digest of its bytes, hexadecimal.
 */
YINXIN_API const char *yinxin_certificate_sha256(const yinxin_certificate *certificate);

/**
 * The certificate as PEM text.
 */
YINXIN_API const char *yinxin_certificate_pem(const yinxin_certificate *certificate);

/**
 * The certificate as DER, and its length where `len` is not NULL.
 */
YINXIN_API
const uint8_t *yinxin_certificate_der(const yinxin_certificate *certificate,
                                      size_t *len);

/**
 * The first second of its validity, since 1970; 0 for NULL.
 */
YINXIN_API int64_t yinxin_certificate_valid_from(const yinxin_certificate *certificate);

/**
 * The last second of its validity, since 1970; 0 for NULL.
 */
YINXIN_API int64_t yinxin_certificate_valid_until(const yinxin_certificate *certificate);

/**
 * Frees a certificate; NULL is fine.
 */
YINXIN_API void yinxin_certificate_free(yinxin_certificate *certificate);

/**
 * Begins a certificate for a common name and, unless NULL, an organization in China. `serial` is a
 * positive big-endian number of up to 20 bytes; both times are included in the validity.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_certificate_spec_new(const char *common_name,
                                          const char *organization,
                                          const uint8_t *serial,
                                          size_t serial_len,
                                          int64_t valid_from,
                                          int64_t valid_until,
                                          yinxin_certificate_spec **out,
                                          yinxin_error **error);

/**
 * Makes the certificate of a root authority, signed by its own key.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_certificate_make_root(const yinxin_certificate_spec *spec,
                                           const yinxin_key *key,
                                           yinxin_certificate **out,
                                           yinxin_error **error);

/**
 * Makes the certificate of one who signs (a signer of documents or a maker of seals), issued by an
 * authority with its key. Of `subject_key` only the public half is used.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_certificate_make_signer(const yinxin_certificate_spec *spec,
                                             const yinxin_key *subject_key,
                                             const yinxin_certificate *issuer,
                                             const yinxin_key *issuer_key,
                                             yinxin_certificate **out,
                                             yinxin_error **error);

/**
 * Frees what a certificate was to be; NULL is fine.
 */
YINXIN_API void yinxin_certificate_spec_free(yinxin_certificate_spec *spec);

/**
 * Begins a revocation list with its number and the times of this and the next update.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_crl_builder_new(int64_t number,
                                     int64_t this_update,
                                     int64_t next_update,
                                     yinxin_crl_builder **out,
                                     yinxin_error **error);

/**
 * Revokes a certificate from a time on.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_crl_builder_revoke(yinxin_crl_builder *builder,
                                        const yinxin_certificate *certificate,
                                        int64_t revoked_at,
                                        yinxin_error **error);

/**
 * Signs the list with the key of its authority: DER.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_crl_builder_sign(const yinxin_crl_builder *builder,
                                      const yinxin_certificate *issuer,
                                      const yinxin_key *issuer_key,
                                      yinxin_bytes **out,
                                      yinxin_error **error);

/**
 * Frees a revocation list that was to be made; NULL is fine.
 */
YINXIN_API void yinxin_crl_builder_free(yinxin_crl_builder *builder);

/**
 * Begins a license from metadata as JSON text. `design` is `standard-landscape`,
 * `standard-portrait`, or a page design as JSON text; NULL means `standard-landscape`.
 * `created_at` is when the document is made, which it states.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_new(const char *metadata,
                               const char *design,
                               int64_t created_at,
                               yinxin_draft **out,
                               yinxin_error **error);

/**
 * Requires that the metadata fit their type in a catalog (证照目录, GB/T 36902): the built-in one,
 * or one as JSON text. `YINXIN_STATUS_INVALID_METADATA` when they do not.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_check_catalog(const yinxin_draft *draft,
                                         const char *catalog,
                                         yinxin_error **error);

/**
 * Sets the font of a kind of typeface, one of `yinxin_font_role`: a TrueType or OpenType file,
 * which a PDF embeds in part. Without, none is embedded.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_set_font(yinxin_draft *draft,
                                    int32_t role,
                                    const uint8_t *font,
                                    size_t font_len,
                                    yinxin_error **error);

/**
 * Makes a PDF for the archive, PDF/A-3b, which needs fonts; an OFD is not changed by it.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_for_archive(yinxin_draft *draft,
                                       yinxin_error **error);

/**
 * The document without a seal. `format` is one of `yinxin_format`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_document(const yinxin_draft *draft,
                                    int32_t format,
                                    yinxin_bytes **out,
                                    yinxin_error **error);

/**
 * Freezes the license for its signature. A seal shows in its place on the page, whatever place the
 * request names.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_prepare(const yinxin_draft *draft,
                                   int32_t format,
                                   const yinxin_request *request,
                                   yinxin_pending **out,
                                   yinxin_error **error);

/**
 * Takes up what `yinxin_pending_to_bytes` stored, with the same draft.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_draft_resume(const yinxin_draft *draft,
                                  int32_t format,
                                  const uint8_t *stored,
                                  size_t stored_len,
                                  yinxin_pending **out,
                                  yinxin_error **error);

/**
 * Frees a draft; NULL is fine.
 */
YINXIN_API void yinxin_draft_free(yinxin_draft *draft);

/**
 * The status that the call returned; `YINXIN_STATUS_OK` for NULL.
 */
YINXIN_API yinxin_status yinxin_error_status(const yinxin_error *error);

/**
 * The stable name of the status, such as `malformed`; NULL for NULL.
 */
YINXIN_API const char *yinxin_error_name(const yinxin_error *error);

/**
 * One English sentence, fit for a log; NULL for NULL.
 */
YINXIN_API const char *yinxin_error_message(const yinxin_error *error);

/**
 * How many pieces of context there are: offsets, entry names, limits, the argument at fault.
 */
YINXIN_API size_t yinxin_error_context_count(const yinxin_error *error);

/**
 * The name of a piece of context, from 0; NULL past the last.
 */
YINXIN_API const char *yinxin_error_context_key(const yinxin_error *error, size_t index);

/**
 * The value of a piece of context, from 0; NULL past the last. It may quote names found in a
 * hostile file: escape it before a person reads it.
 */
YINXIN_API const char *yinxin_error_context_value(const yinxin_error *error, size_t index);

/**
 * Frees an error; NULL is fine.
 */
YINXIN_API void yinxin_error_free(yinxin_error *error);

/**
 * Makes a new key with the operating system's random numbers. `kind` is one of
 * `yinxin_key_kind`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_generate(int32_t kind,
                                  yinxin_key **out,
                                  yinxin_error **error);

/**
 * Reads a private key: PKCS#8 as DER or PEM, SEC 1 as PEM, encrypted or not. `password` opens an
 * encrypted one and may be NULL for others.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_parse(const uint8_t *data,
                               size_t len,
                               const char *password,
                               yinxin_key **out,
                               yinxin_error **error);

/**
 * Reads the one key of a PKCS#12 file and its certificate.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_parse_pkcs12(const uint8_t *data,
                                      size_t len,
                                      const char *password,
                                      yinxin_key **out_key,
                                      yinxin_certificate **out_certificate,
                                      yinxin_error **error);

/**
 * An SM2 key from its scalar d, 32 bytes, big-endian, 1 <= d <= n - 2.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_from_sm2_scalar(const uint8_t *scalar,
                                         size_t len,
                                         yinxin_key **out,
                                         yinxin_error **error);

/**
 * Signs a message: DER for SM2 and ECDSA.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_sign(const yinxin_key *key,
                              const uint8_t *message,
                              size_t message_len,
                              yinxin_bytes **out,
                              yinxin_error **error);

/**
 * Writes the key as PEM text: PKCS#8, encrypted under the password unless that is NULL.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_to_pem(const yinxin_key *key,
                                const char *password,
                                yinxin_bytes **out,
                                yinxin_error **error);

/**
 * The public key, a SubjectPublicKeyInfo in DER, and its length where `len` is not NULL.
 */
YINXIN_API const uint8_t *yinxin_key_public(const yinxin_key *key, size_t *len);

/**
 * Wipes and frees a key; NULL is fine.
 */
YINXIN_API void yinxin_key_free(yinxin_key *key);

/**
 * The library's version, such as `0.1.0`. A constant; it is never freed.
 */
YINXIN_API const char *yinxin_version(void);

/**
 * The number of this interface, for comparison with `YINXIN_ABI_VERSION` of the header that a
 * program was compiled with.
 */
YINXIN_API int32_t yinxin_abi_version(void);

/**
 * Reads a time, RFC 3339 in whole seconds such as `2026-03-02T01:00:00Z`, as seconds since 1970.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_time_parse(const char *time,
                                int64_t *out,
                                yinxin_error **error);

/**
 * What a code means to a person, as text. `kind` is one of `yinxin_text_kind`, `language` one of
 * `yinxin_language`. A code that the library does not know gives
 * `YINXIN_STATUS_INVALID_ENUM`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_explain(int32_t kind,
                             const char *code,
                             int32_t language,
                             yinxin_bytes **out,
                             yinxin_error **error);

/**
 * Every code that reports and errors may bear, as JSON text:
 * `{"errors":{"malformed":100,…},"outcomes":[…],"checks":[…],"reasons":[…],"findings":[…]}`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_codes(yinxin_bytes **out,
                           yinxin_error **error);

/**
 * The bytes to sign, and their number where `len` is not NULL.
 */
YINXIN_API const uint8_t *yinxin_pending_message(const yinxin_pending *pending, size_t *len);

/**
 * The digest to sign, for devices that take digests: for SM2 e = SM3(Z || M) with the mandated ID.
 * `YINXIN_STATUS_UNSUPPORTED_ALGORITHM` for Ed25519, which hashes by itself.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_digest(const yinxin_pending *pending,
                                    yinxin_bytes **out,
                                    yinxin_error **error);

/**
 * The name of the algorithm to sign with, such as `SM2-SM3`, as text.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_algorithm(const yinxin_pending *pending,
                                       yinxin_bytes **out,
                                       yinxin_error **error);

/**
 * Embeds the signature, DER or for SM2 r || s, and gives the finished document, license or seal.
 * A signature that does not verify under the certificate is refused
 * (`YINXIN_STATUS_SIGNATURE_MISMATCH`), and the pending object may be tried again.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_complete(const yinxin_pending *pending,
                                      const uint8_t *signature,
                                      size_t signature_len,
                                      yinxin_bytes **out,
                                      yinxin_error **error);

/**
 * Signs with a key at hand and gives the finished document, license or seal.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_sign(const yinxin_pending *pending,
                                  const yinxin_key *key,
                                  yinxin_bytes **out,
                                  yinxin_error **error);

/**
 * Takes the signature, to be time-stamped before `yinxin_pending_finish`. Not for seals.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_add_signature(yinxin_pending *pending,
                                           const uint8_t *signature,
                                           size_t signature_len,
                                           yinxin_error **error);

/**
 * The question to a time stamp authority over the signature (TimeStampReq, DER). `nonce` is a
 * random number of up to 32 bytes, say 8, that the answer must repeat. Not for seals.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_time_stamp_request(yinxin_pending *pending,
                                                const uint8_t *nonce,
                                                size_t nonce_len,
                                                yinxin_bytes **out,
                                                yinxin_error **error);

/**
 * Takes the authority's answer (TimeStampResp, DER) to the last question. `authority` may be NULL,
 * or the authority's certificate where its token lacks it. Not for seals.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_add_time_stamp(yinxin_pending *pending,
                                            const uint8_t *response,
                                            size_t response_len,
                                            const yinxin_certificate *authority,
                                            yinxin_error **error);

/**
 * The finished document or license, once its signature was added, with its time stamp where one
 * was. Not for seals.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_finish(const yinxin_pending *pending,
                                    yinxin_bytes **out,
                                    yinxin_error **error);

/**
 * Stores what is needed to complete it later, in another process or on another day; neither key
 * nor document is in it. A seal need not be stored: preparing it again gives the same.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_to_bytes(const yinxin_pending *pending,
                                      yinxin_bytes **out,
                                      yinxin_error **error);

/**
 * Takes up a stored document with the same bytes it was prepared from. For a license there is
 * `yinxin_draft_resume`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_from_bytes(const uint8_t *stored,
                                        size_t stored_len,
                                        const uint8_t *document,
                                        size_t document_len,
                                        yinxin_pending **out,
                                        yinxin_error **error);

/**
 * Frees a pending object; NULL is fine.
 */
YINXIN_API void yinxin_pending_free(yinxin_pending *pending);

/**
 * The verdict, under the report's policy; failed for NULL.
 */
YINXIN_API yinxin_outcome yinxin_report_outcome(const yinxin_report *report);

/**
 * The answer to one of the three questions, `yinxin_axis`; failed for NULL and for another number.
 */
YINXIN_API yinxin_outcome yinxin_report_axis(const yinxin_report *report, int32_t axis);

/**
 * The report as canonical JSON (`docs/schema/report.v1.json`), and its length where `len` is not
 * NULL; the same bytes as from every other face. NULL for NULL.
 */
YINXIN_API const char *yinxin_report_json(const yinxin_report *report, size_t *len);

/**
 * A fact by its place, a JSON pointer (RFC 6901) such as `/signatures/0/signer/subject`: the text
 * of a string, number or truth value, and its length where `len` is not NULL. NULL for what is not
 * there, for null, and for lists and objects.
 *
 * Texts come from the document and are hostile: escape them before a person reads them. A NUL in
 * one is shown as U+FFFD.
 */
YINXIN_API
const char *yinxin_report_get(const yinxin_report *report,
                              const char *place,
                              size_t *len);

/**
 * How many members the list or object at a place has; 0 for anything else.
 */
YINXIN_API size_t yinxin_report_count(const yinxin_report *report, const char *place);

/**
 * The name of a member of the object at a place, from 0, in no order that means something; NULL
 * past the last. Of a list it is the member's number.
 */
YINXIN_API
const char *yinxin_report_member(const yinxin_report *report,
                                 const char *place,
                                 size_t index);

/**
 * The outcome that a fact states, such as that at `/signatures/0/outcome`; failed for whatever is
 * no outcome.
 */
YINXIN_API yinxin_outcome yinxin_report_outcome_at(const yinxin_report *report, const char *place);

/**
 * Frees a report, and with it every text that was read from it; NULL is fine.
 */
YINXIN_API void yinxin_report_free(yinxin_report *report);

/**
 * Asks for a seal to be affixed (签章). The time is the signer's claim.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_affix(const yinxin_seal *seal,
                                   const yinxin_certificate *signer,
                                   int64_t signed_at,
                                   yinxin_request **out,
                                   yinxin_error **error);

/**
 * Asks for a signature without a seal. The time is the signer's claim.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_sign(const yinxin_certificate *signer,
                                  int64_t signed_at,
                                  yinxin_request **out,
                                  yinxin_error **error);

/**
 * Shows the seal on a page, from 0, with its centre so many micrometres from the left and the
 * upper edge.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_at(yinxin_request *request,
                                size_t page,
                                int64_t center_x_um,
                                int64_t center_y_um,
                                yinxin_error **error);

/**
 * Shows the seal on a keyword of the document's text. `occurrence` is one of `yinxin_occurrence`,
 * or a number from 0; the seal moves so many micrometres to the right and down.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_at_keyword(yinxin_request *request,
                                        const char *keyword,
                                        int32_t occurrence,
                                        int64_t right_um,
                                        int64_t down_um,
                                        yinxin_error **error);

/**
 * Shows the seal in slices along an edge of all pages (骑缝章), one of `yinxin_edge`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_riding(yinxin_request *request,
                                    int32_t edge,
                                    yinxin_error **error);

/**
 * Lets nobody sign after this signature; in an OFD the list of signatures is covered too.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_close_document(yinxin_request *request,
                                            yinxin_error **error);

/**
 * Freezes a document, OFD or PDF, for its signature. The request stays as it is.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_prepare(const yinxin_request *request,
                                     const uint8_t *document,
                                     size_t document_len,
                                     yinxin_pending **out,
                                     yinxin_error **error);

/**
 * Frees a request; NULL is fine.
 */
YINXIN_API void yinxin_request_free(yinxin_request *request);

/**
 * Reads a seal (SESeal, DER).
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_parse(const uint8_t *data,
                                size_t len,
                                yinxin_seal **out,
                                yinxin_error **error);

/**
 * The seal as DER, and its length where `len` is not NULL.
 */
YINXIN_API const uint8_t *yinxin_seal_der(const yinxin_seal *seal, size_t *len);

/**
 * The seal's unique code; NULL for NULL. Escape it before a person reads it, as the name.
 */
YINXIN_API const char *yinxin_seal_id(const yinxin_seal *seal);

/**
 * The seal's name; NULL for NULL.
 */
YINXIN_API const char *yinxin_seal_name(const yinxin_seal *seal);

/**
 * The year of its layout's standard, as in `yinxin_layout`; 0 for NULL.
 */
YINXIN_API int32_t yinxin_seal_layout(const yinxin_seal *seal);

/**
 * The standard of its layout with its edition, such as `GB/T 38540-2020`; NULL for NULL.
 */
YINXIN_API const char *yinxin_seal_standard(const yinxin_seal *seal);

/**
 * The first second of its validity, since 1970; 0 for NULL.
 */
YINXIN_API int64_t yinxin_seal_valid_from(const yinxin_seal *seal);

/**
 * The last second of its validity, since 1970; 0 for NULL.
 */
YINXIN_API int64_t yinxin_seal_valid_until(const yinxin_seal *seal);

/**
 * The file of the seal's picture, and its length where `len` is not NULL.
 */
YINXIN_API const uint8_t *yinxin_seal_picture(const yinxin_seal *seal, size_t *len);

/**
 * What the picture's bytes are: `png`, `svg`, `ofd` and others; empty for what is not known.
 */
YINXIN_API const char *yinxin_seal_picture_type(const yinxin_seal *seal);

/**
 * The width at which the picture shows, in millimetres; 0 for NULL.
 */
YINXIN_API int64_t yinxin_seal_picture_width_mm(const yinxin_seal *seal);

/**
 * The height at which the picture shows, in millimetres; 0 for NULL.
 */
YINXIN_API int64_t yinxin_seal_picture_height_mm(const yinxin_seal *seal);

/**
 * How many signers the seal names.
 */
YINXIN_API size_t yinxin_seal_signer_count(const yinxin_seal *seal);

/**
 * The certificate of the seal's maker, as the seal carries it; not trusted for that.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_maker(const yinxin_seal *seal,
                                yinxin_certificate **out,
                                yinxin_error **error);

/**
 * Frees a seal; NULL is fine.
 */
YINXIN_API void yinxin_seal_free(yinxin_seal *seal);

/**
 * Begins a seal in the layout of GB/T 38540-2020 with its unique code (ASCII) and its name. It
 * still needs a picture and at least one signer.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_new(const char *id,
                                   const char *name,
                                   int64_t created_at,
                                   int64_t valid_from,
                                   int64_t valid_until,
                                   yinxin_seal_spec **out,
                                   yinxin_error **error);

/**
 * Sets the layout, one of `yinxin_layout`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_set_layout(yinxin_seal_spec *spec,
                                          int32_t layout,
                                          yinxin_error **error);

/**
 * Sets the kind of seal, a number of the business's own; 1 unless set.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_set_type(yinxin_seal_spec *spec,
                                        int32_t seal_type,
                                        yinxin_error **error);

/**
 * Sets how the seal names its signers, one of `yinxin_listing`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_set_listing(yinxin_seal_spec *spec,
                                           int32_t listing,
                                           yinxin_error **error);

/**
 * Adds one who may use the seal.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_add_signer(yinxin_seal_spec *spec,
                                          const yinxin_certificate *signer,
                                          yinxin_error **error);

/**
 * Gives the seal its picture, a PNG, GIF, BMP, JPEG, SVG or OFD file, and the size it shows at.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_set_picture(yinxin_seal_spec *spec,
                                           const uint8_t *data,
                                           size_t len,
                                           int32_t width_mm,
                                           int32_t height_mm,
                                           yinxin_error **error);

/**
 * Draws the picture: a round seal with a name along its border, a star, and unless NULL a line
 * below the star; PNG at so many pixels per inch, 300 to 1200. `font` is a TrueType or OpenType
 * file; none is needed where no text is to be drawn.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_draw_round(yinxin_seal_spec *spec,
                                          const char *name,
                                          const char *second_line,
                                          const uint8_t *font,
                                          size_t font_len,
                                          int32_t dpi,
                                          yinxin_error **error);

/**
 * Writes everything but the maker's signature; `yinxin_pending_complete` then gives the seal as
 * DER.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_prepare(const yinxin_seal_spec *spec,
                                       const yinxin_certificate *maker,
                                       yinxin_pending **out,
                                       yinxin_error **error);

/**
 * Makes the seal with the maker's key at hand.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_spec_make(const yinxin_seal_spec *spec,
                                    const yinxin_certificate *maker,
                                    const yinxin_key *key,
                                    yinxin_seal **out,
                                    yinxin_error **error);

/**
 * Frees what a seal was to be; NULL is fine.
 */
YINXIN_API void yinxin_seal_spec_free(yinxin_seal_spec *spec);

/**
 * Begins a verifier. `policy` is `basic`, `window`, `archive`, or a policy as JSON text; NULL
 * means `window`. Without anchors nothing passes.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_new(const char *policy,
                                          yinxin_verifier_builder **out,
                                          yinxin_error **error);

/**
 * A preset policy, `basic`, `window` or `archive`, as JSON text, to be changed and handed to
 * `yinxin_verifier_builder_new`. `strict` other than 0 has every departure from the encodings fail
 * the check it touches.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_policy_json(const char *name,
                                 int32_t strict,
                                 yinxin_bytes **out,
                                 yinxin_error **error);

/**
 * Trusts every certificate of a file, DER or PEM, for one role, one of `yinxin_anchor_role`: an
 * anchor of signers vouches for no maker of seals.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_anchors(yinxin_verifier_builder *builder,
                                                  int32_t role,
                                                  const uint8_t *data,
                                                  size_t len,
                                                  yinxin_error **error);

/**
 * Adds certificates, DER or PEM, that may help to build a path; they are not trusted.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_intermediates(yinxin_verifier_builder *builder,
                                                        const uint8_t *data,
                                                        size_t len,
                                                        yinxin_error **error);

/**
 * Adds certificates, DER or PEM, one of which may be the signer's where a signature carries none;
 * they are not trusted.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_signer_certificates(yinxin_verifier_builder *builder,
                                                              const uint8_t *data,
                                                              size_t len,
                                                              yinxin_error **error);

/**
 * Adds every revocation list of a file, DER or PEM; each is used where its issuer, signature and
 * dates fit.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_crls(yinxin_verifier_builder *builder,
                                               const uint8_t *data,
                                               size_t len,
                                               yinxin_error **error);

/**
 * Adds an OCSP response in DER; it is used where its responder, signature and dates fit.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_ocsp(yinxin_verifier_builder *builder,
                                               const uint8_t *data,
                                               size_t len,
                                               yinxin_error **error);

/**
 * Admits another SM2 signer ID besides the mandated `1234567812345678`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_sm2_id(yinxin_verifier_builder *builder,
                                                 const uint8_t *id,
                                                 size_t len,
                                                 yinxin_error **error);

/**
 * Sets the password of encrypted files.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_set_password(yinxin_verifier_builder *builder,
                                                   const char *password,
                                                   yinxin_error **error);

/**
 * Makes the verifier. The builder stays as it is and may make others.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_build(const yinxin_verifier_builder *builder,
                                            yinxin_verifier **out,
                                            yinxin_error **error);

/**
 * Frees a builder; NULL is fine.
 */
YINXIN_API void yinxin_verifier_builder_free(yinxin_verifier_builder *builder);

/**
 * Judges a document, a stand-alone seal or a signature, as of a time in seconds since 1970.
 * Whatever the bytes are, the answer is a report; an error means a mistake in the call.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_verify(const yinxin_verifier *verifier,
                                     const uint8_t *document,
                                     size_t document_len,
                                     int64_t evaluated_at,
                                     yinxin_report **out,
                                     yinxin_error **error);

/**
 * Judges a signature that stands beside its content: an SES_Signature, or a CMS or GB/T 35275
 * message.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_verify_detached(const yinxin_verifier *verifier,
                                              const uint8_t *signature,
                                              size_t signature_len,
                                              const uint8_t *content,
                                              size_t content_len,
                                              int64_t evaluated_at,
                                              yinxin_report **out,
                                              yinxin_error **error);

/**
 * As `yinxin_verifier_verify`, with the key of a recipient, which opens the document if it is an
 * encrypted OFD.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_verify_encrypted(const yinxin_verifier *verifier,
                                               const uint8_t *document,
                                               size_t document_len,
                                               const yinxin_key *recipient,
                                               int64_t evaluated_at,
                                               yinxin_report **out,
                                               yinxin_error **error);

/**
 * Frees a verifier; NULL is fine.
 */
YINXIN_API void yinxin_verifier_free(yinxin_verifier *verifier);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* YINXIN_H */
