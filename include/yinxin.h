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
 * Whether a trust system is for real use or for trials.
 */
enum yinxin_environment
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * For real use.
     */
    YINXIN_ENVIRONMENT_PRODUCTION = 0,
    /**
     * For trials.
     */
    YINXIN_ENVIRONMENT_TEST = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_environment yinxin_environment;
#else
typedef int32_t yinxin_environment;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A text of a PDF's signature.
 */
enum yinxin_pdf_text
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The field to sign: an empty one of this name, or a new one.
     */
    YINXIN_PDF_TEXT_FIELD = 0,
    /**
     * The signer.
     */
    YINXIN_PDF_TEXT_NAME = 1,
    /**
     * Why.
     */
    YINXIN_PDF_TEXT_REASON = 2,
    /**
     * Where.
     */
    YINXIN_PDF_TEXT_LOCATION = 3,
    /**
     * How to reach the signer.
     */
    YINXIN_PDF_TEXT_CONTACT = 4,
    /**
     * Another `Filter` than the form's.
     */
    YINXIN_PDF_TEXT_FILTER = 5,
    /**
     * Another `SubFilter` than the form's.
     */
    YINXIN_PDF_TEXT_SUB_FILTER = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_pdf_text yinxin_pdf_text;
#else
typedef int32_t yinxin_pdf_text;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The form of a PDF's signature.
 */
enum yinxin_pdf_format
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * `ETSI.CAdES.detached`, PAdES baseline.
     */
    YINXIN_PDF_FORMAT_PADES = 0,
    /**
     * `adbe.pkcs7.detached`, ISO 32000-1.
     */
    YINXIN_PDF_FORMAT_ISO32000 = 1,
    /**
     * `GM.sm2cms.detached`, as products that follow GM/T 0112 write it.
     */
    YINXIN_PDF_FORMAT_NATIONAL = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_pdf_format yinxin_pdf_format;
#else
typedef int32_t yinxin_pdf_format;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What others may change in a PDF behind its author's signature (ISO 32000-2 12.8.2.2).
 */
enum yinxin_pdf_permission
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Nothing.
     */
    YINXIN_PDF_PERMISSION_NOTHING = 1,
    /**
     * Fill in forms and sign.
     */
    YINXIN_PDF_PERMISSION_FILL_AND_SIGN = 2,
    /**
     * Comment besides.
     */
    YINXIN_PDF_PERMISSION_COMMENT = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_pdf_permission yinxin_pdf_permission;
#else
typedef int32_t yinxin_pdf_permission;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Which form fields of a PDF a signature locks.
 */
enum yinxin_field_lock
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Every field.
     */
    YINXIN_FIELD_LOCK_ALL = 0,
    /**
     * The named ones and all below them.
     */
    YINXIN_FIELD_LOCK_ONLY = 1,
    /**
     * All but the named ones and those below them.
     */
    YINXIN_FIELD_LOCK_ALL_BUT = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_field_lock yinxin_field_lock;
#else
typedef int32_t yinxin_field_lock;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A file of a pack.
 */
enum yinxin_pack_part
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Revocation lists, DER or PEM.
     */
    YINXIN_PACK_PART_CRLS = 0,
    /**
     * An OCSP response, DER.
     */
    YINXIN_PACK_PART_OCSP = 1,
    /**
     * A status list, JWT or CWT.
     */
    YINXIN_PACK_PART_STATUS_LIST = 2,
    /**
     * Where licenses and seals stand in status lists, JSON.
     */
    YINXIN_PACK_PART_STATUS_REFERENCES = 3,
    /**
     * A revocation list of seals, JSON with its `asOf`.
     */
    YINXIN_PACK_PART_SEAL_REVOCATIONS = 4,
    /**
     * The catalog of licenses, JSON.
     */
    YINXIN_PACK_PART_CATALOG = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_pack_part yinxin_pack_part;
#else
typedef int32_t yinxin_pack_part;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What an operator of a trust system publishes.
 */
enum yinxin_trust_document_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * A root: who may sign lists.
     */
    YINXIN_TRUST_DOCUMENT_KIND_ROOT = 0,
    /**
     * A list: whom to believe for what.
     */
    YINXIN_TRUST_DOCUMENT_KIND_LIST = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_trust_document_kind yinxin_trust_document_kind;
#else
typedef int32_t yinxin_trust_document_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What a certificate's key is to be used for.
 */
enum yinxin_purpose
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Anything: key usage and extended key usage are not looked at.
     */
    YINXIN_PURPOSE_ANY = 0,
    /**
     * Signing documents, or with a seal.
     */
    YINXIN_PURPOSE_SIGNER = 1,
    /**
     * Making seals.
     */
    YINXIN_PURPOSE_MAKER = 2,
    /**
     * Time stamping.
     */
    YINXIN_PURPOSE_TSA = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_purpose yinxin_purpose;
#else
typedef int32_t yinxin_purpose;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Whether revocation is looked at.
 */
enum yinxin_revocation_mode
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Not at all.
     */
    YINXIN_REVOCATION_MODE_OFF = 0,
    /**
     * As far as the evidence goes; none is no obstacle.
     */
    YINXIN_REVOCATION_MODE_IF_AVAILABLE = 1,
    /**
     * Every certificate below the anchor needs current evidence.
     */
    YINXIN_REVOCATION_MODE_REQUIRED = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_revocation_mode yinxin_revocation_mode;
#else
typedef int32_t yinxin_revocation_mode;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A kind of code that can be judged by itself.
 */
enum yinxin_code_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * License identifier (证照标识, GB/T 36904).
     */
    YINXIN_CODE_KIND_LICENSE = 0,
    /**
     * Unified social credit code (统一社会信用代码, GB 32100).
     */
    YINXIN_CODE_KIND_USCC = 1,
    /**
     * Organization code (组织机构代码, GB 11714).
     */
    YINXIN_CODE_KIND_ORGANIZATION = 2,
    /**
     * Citizen number (公民身份号码, GB 11643).
     */
    YINXIN_CODE_KIND_CITIZEN = 3,
    /**
     * Region (行政区划代码, GB/T 2260): six digits.
     */
    YINXIN_CODE_KIND_REGION = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_code_kind yinxin_code_kind;
#else
typedef int32_t yinxin_code_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A part of a license identifier.
 */
enum yinxin_id_part
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The license's type.
     */
    YINXIN_ID_PART_TYPE_CODE = 0,
    /**
     * Who issued it.
     */
    YINXIN_ID_PART_ISSUER = 1,
    /**
     * Its serial.
     */
    YINXIN_ID_PART_SERIAL = 2,
    /**
     * Its version, a number.
     */
    YINXIN_ID_PART_VERSION = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum yinxin_id_part yinxin_id_part;
#else
typedef int32_t yinxin_id_part;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Evidence that is about to be added to a PDF. Immutable; any thread may read it.
 */
typedef struct yinxin_augmentation yinxin_augmentation;

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
 * A PDF that waits for a time stamp over all of it. Immutable; any thread may read it.
 */
typedef struct yinxin_document_stamp yinxin_document_stamp;

/**
 * A license to be issued: what it states and how it looks. A builder: one thread at a time.
 */
typedef struct yinxin_draft yinxin_draft;

/**
 * For whom packages are to be encrypted. A builder: one thread at a time.
 */
typedef struct yinxin_encryptor yinxin_encryptor;

/**
 * Why a call failed. It holds no personal data and no key. Immutable; any thread may read it.
 */
typedef struct yinxin_error yinxin_error;

/**
 * What somebody has gathered: certificates, revocation lists, OCSP responses. A builder: one thread
 * at a time.
 */
typedef struct yinxin_evidence yinxin_evidence;

/**
 * A private key in memory, wiped when freed. Immutable; any thread may sign with it.
 */
typedef struct yinxin_key yinxin_key;

/**
 * A pack to be put together. A builder: one thread at a time.
 */
typedef struct yinxin_pack_spec yinxin_pack_spec;

/**
 * A question about one certificate. A builder: one thread at a time.
 */
typedef struct yinxin_path_request yinxin_path_request;

/**
 * A document, license, seal or list of files with everything but its signature. Any number of threads may read
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
 * The evidence of a pack: revocation lists, OCSP responses, status lists. Its trust list is in the
 * state that came with it. Immutable; any thread may read it.
 */
typedef struct yinxin_trust_pack yinxin_trust_pack;

/**
 * A trust system as one caller holds it. Keep its bytes (`yinxin_trust_state_to_bytes`) between runs:
 * they protect from lists that are older than one seen before. Immutable; any thread may read it, and
 * a change gives another.
 */
typedef struct yinxin_trust_state yinxin_trust_state;

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
 * Whether a code has the form and the check character of its kind, one of `yinxin_code_kind`; nobody is
 * asked whether it was ever given to anyone. The outcome, one of `yinxin_outcome`, is *indeterminate*
 * where a license's serial holds characters that the check has no value for.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_code_check(const char *code,
                                int32_t kind,
                                yinxin_outcome *out,
                                yinxin_error **error);

/**
 * Makes a license identifier (证照标识, GB/T 36904) with its check character, as text: the license's
 * type code, the issuer's unified social credit code, the serial, and a version from 1.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_license_id_make(const char *type_code,
                                     const char *issuer,
                                     const char *serial,
                                     int32_t version,
                                     yinxin_bytes **out,
                                     yinxin_error **error);

/**
 * A part of a license identifier as text, one of `yinxin_id_part`.
 * `YINXIN_STATUS_INVALID_IDENTIFIER` for what has not the form of one; a wrong check character is for
 * `yinxin_code_check` to tell.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_license_id_part(const char *id,
                                     int32_t part,
                                     yinxin_bytes **out,
                                     yinxin_error **error);

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
 * Begins with no recipient. The time is what a package will say of when it was encrypted. Recipients
 * have passwords or certificates, all of one package the same.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_encryptor_new(int64_t encrypted_at,
                                   yinxin_encryptor **out,
                                   yinxin_error **error);

/**
 * Adds a recipient by password, of up to 1024 bytes. The name stands in the package for all to read.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_encryptor_add_password(yinxin_encryptor *encryptor,
                                            const char *name,
                                            const char *password,
                                            yinxin_error **error);

/**
 * Adds a recipient by certificate, whose key must be SM2; it will stand in the package, like the name.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_encryptor_add_certificate(yinxin_encryptor *encryptor,
                                               const char *name,
                                               const yinxin_certificate *certificate,
                                               yinxin_error **error);

/**
 * Encrypts every file of an OFD package. Keys come from the operating system's random numbers: no two
 * results are alike.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_encryptor_encrypt(const yinxin_encryptor *encryptor,
                                       const uint8_t *document,
                                       size_t document_len,
                                       yinxin_bytes **out,
                                       yinxin_error **error);

/**
 * Frees an encryptor; NULL is fine.
 */
YINXIN_API void yinxin_encryptor_free(yinxin_encryptor *encryptor);

/**
 * The plain package behind one that is encrypted to this key's certificate. Its files have the bytes
 * they had, so signatures on them hold; nothing is verified.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_key_decrypt(const yinxin_key *key,
                                 const uint8_t *document,
                                 size_t document_len,
                                 yinxin_bytes **out,
                                 yinxin_error **error);

/**
 * The same for a package that a password opens.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_password_decrypt(const char *password,
                                      const uint8_t *document,
                                      size_t document_len,
                                      yinxin_bytes **out,
                                      yinxin_error **error);

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
 * Begins with no evidence.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_evidence_new(yinxin_evidence **out,
                                  yinxin_error **error);

/**
 * Adds every certificate of a file, DER or PEM: those of authorities, roots included.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_evidence_add_certificates(yinxin_evidence *evidence,
                                               const uint8_t *data,
                                               size_t len,
                                               yinxin_error **error);

/**
 * Adds every revocation list of a file, DER or PEM.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_evidence_add_crls(yinxin_evidence *evidence,
                                       const uint8_t *data,
                                       size_t len,
                                       yinxin_error **error);

/**
 * Adds an OCSP response, DER.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_evidence_add_ocsp(yinxin_evidence *evidence,
                                       const uint8_t *data,
                                       size_t len,
                                       yinxin_error **error);

/**
 * Frees evidence; NULL is fine.
 */
YINXIN_API void yinxin_evidence_free(yinxin_evidence *evidence);

/**
 * Finds what the signatures and time stamps of a PDF rest on, and takes what fits from the evidence;
 * nothing is judged. `YINXIN_STATUS_MISSING` when the document has no signature.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_augmentation_prepare(const uint8_t *document,
                                          size_t document_len,
                                          const yinxin_evidence *evidence,
                                          yinxin_augmentation **out,
                                          yinxin_error **error);

/**
 * How many things are still missing for the signatures to last; 0 for NULL.
 */
YINXIN_API size_t yinxin_augmentation_missing_count(const yinxin_augmentation *augmentation);

/**
 * What is missing, from 0: `time_stamp`, `certificate` (the signer's own), `issuer` or `revocation`
 * (of the certificate that `yinxin_augmentation_missing_certificate` gives), or `unreadable`. NULL
 * past the last.
 */
YINXIN_API
const char *yinxin_augmentation_missing_what(const yinxin_augmentation *augmentation,
                                             size_t index);

/**
 * The name of the field of the signature that lacks it; NULL past the last. It is what the document
 * says: escape it before a person reads it.
 */
YINXIN_API
const char *yinxin_augmentation_missing_field(const yinxin_augmentation *augmentation,
                                              size_t index);

/**
 * The certificate whose issuer or revocation data is missing; `YINXIN_STATUS_MISSING` where none is
 * concerned and past the last.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_augmentation_missing_certificate(const yinxin_augmentation *augmentation,
                                                      size_t index,
                                                      yinxin_certificate **out,
                                                      yinxin_error **error);

/**
 * The PDF with its evidence, by an incremental update. `time` is when it was gathered. While
 * something is missing the answer is `YINXIN_STATUS_MISSING`, unless `incomplete` is other than 0.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_augmentation_finish(const yinxin_augmentation *augmentation,
                                         int32_t incomplete,
                                         int64_t gathered_at,
                                         yinxin_bytes **out,
                                         yinxin_error **error);

/**
 * Frees an augmentation; NULL is fine.
 */
YINXIN_API void yinxin_augmentation_free(yinxin_augmentation *augmentation);

/**
 * Freezes a PDF for a time stamp over all of it. `nonce` is a random number of up to 32 bytes, say 8,
 * that the answer must repeat.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_document_stamp_prepare(const uint8_t *document,
                                            size_t document_len,
                                            const uint8_t *nonce,
                                            size_t nonce_len,
                                            yinxin_document_stamp **out,
                                            yinxin_error **error);

/**
 * The question to the time stamp authority (TimeStampReq, DER).
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_document_stamp_request(const yinxin_document_stamp *stamp,
                                            yinxin_bytes **out,
                                            yinxin_error **error);

/**
 * The document with the authority's answer (TimeStampResp, DER). `authority` may be NULL, or the
 * authority's certificate where its token lacks it.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_document_stamp_complete(const yinxin_document_stamp *stamp,
                                             const uint8_t *response,
                                             size_t response_len,
                                             const yinxin_certificate *authority,
                                             yinxin_bytes **out,
                                             yinxin_error **error);

/**
 * Stores what is needed to complete it later; the document is not in it.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_document_stamp_to_bytes(const yinxin_document_stamp *stamp,
                                             yinxin_bytes **out,
                                             yinxin_error **error);

/**
 * Takes up a stored one with the same document.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_document_stamp_from_bytes(const uint8_t *stored,
                                               size_t stored_len,
                                               const uint8_t *document,
                                               size_t document_len,
                                               yinxin_document_stamp **out,
                                               yinxin_error **error);

/**
 * Frees a document that waits for its time stamp; NULL is fine.
 */
YINXIN_API void yinxin_document_stamp_free(yinxin_document_stamp *stamp);

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
 * Takes in the list of a pack, and gives the pack for its evidence
 * (`yinxin_verifier_builder_add_pack`). A pack whose list is older than the one in force is refused as
 * a whole, and the state stays as it was.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_open_pack(const yinxin_trust_state *state,
                                           const uint8_t *pack,
                                           size_t pack_len,
                                           int64_t now,
                                           yinxin_trust_state **out_state,
                                           yinxin_trust_pack **out_pack,
                                           yinxin_error **error);

/**
 * When the pack was put together; 0 for NULL.
 */
YINXIN_API int64_t yinxin_trust_pack_issued(const yinxin_trust_pack *pack);

/**
 * After this it is not taken any more; 0 for NULL.
 */
YINXIN_API int64_t yinxin_trust_pack_expires(const yinxin_trust_pack *pack);

/**
 * Frees a pack; NULL is fine.
 */
YINXIN_API void yinxin_trust_pack_free(yinxin_trust_pack *pack);

/**
 * Begins a pack around a signed trust list. `name` and `environment`, one of `yinxin_environment`, are
 * the trust system's; both times are in seconds since 1970.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pack_spec_new(const char *name,
                                   int32_t environment_number,
                                   int64_t issued,
                                   int64_t expires,
                                   const uint8_t *list,
                                   size_t list_len,
                                   yinxin_pack_spec **out,
                                   yinxin_error **error);

/**
 * Puts a file in: `part` is one of `yinxin_pack_part`. Of status references and catalog there is one;
 * given again, the later counts.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pack_spec_add(yinxin_pack_spec *spec,
                                   int32_t part,
                                   const uint8_t *data,
                                   size_t len,
                                   yinxin_error **error);

/**
 * The pack, signed by one of the root's keys for lists; where more are needed, the others add theirs by
 * `yinxin_trust_document_sign`. Whatever is in it must be readable.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pack_spec_make(const yinxin_pack_spec *spec,
                                    const yinxin_key *key,
                                    yinxin_bytes **out,
                                    yinxin_error **error);

/**
 * Frees a pack that was to be put together; NULL is fine.
 */
YINXIN_API void yinxin_pack_spec_free(yinxin_pack_spec *spec);

/**
 * Makes a root or a list from its JSON, signed by one key; others add theirs by
 * `yinxin_trust_document_sign`. `kind` is one of `yinxin_trust_document_kind`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_document_make(int32_t kind,
                                         const char *payload,
                                         const yinxin_key *key,
                                         yinxin_bytes **out,
                                         yinxin_error **error);

/**
 * Adds a signature to a root, list or pack.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_document_sign(const uint8_t *document,
                                         size_t document_len,
                                         const yinxin_key *key,
                                         yinxin_bytes **out,
                                         yinxin_error **error);

/**
 * A status list as a JWT, signed by its publisher with SM2 or on P-256: one byte of `statuses` a
 * license or seal, each of so many `bits`, 1, 2, 4 or 8. It holds from `issued` on and may be used for
 * so many seconds.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_status_list_make(const char *uri,
                                      int64_t issued,
                                      int64_t ttl_seconds,
                                      int32_t bits,
                                      const uint8_t *statuses,
                                      size_t statuses_len,
                                      const yinxin_key *publisher,
                                      yinxin_bytes **out,
                                      yinxin_error **error);

/**
 * Begins a question: may this certificate's key be used for `purpose`, one of `yinxin_purpose`?
 * Without anchors no path is found, and revocation is not looked at unless asked for.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_new(const yinxin_certificate *leaf,
                                      int32_t purpose,
                                      yinxin_path_request **out,
                                      yinxin_error **error);

/**
 * Trusts every certificate of a file, DER or PEM, in the role that is asked about.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_add_anchors(yinxin_path_request *request,
                                              const uint8_t *data,
                                              size_t len,
                                              yinxin_error **error);

/**
 * Adds certificates, DER or PEM, that may stand between; they are not trusted.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_add_intermediates(yinxin_path_request *request,
                                                    const uint8_t *data,
                                                    size_t len,
                                                    yinxin_error **error);

/**
 * Adds every revocation list of a file, DER or PEM.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_add_crls(yinxin_path_request *request,
                                           const uint8_t *data,
                                           size_t len,
                                           yinxin_error **error);

/**
 * Adds an OCSP response, DER.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_add_ocsp(yinxin_path_request *request,
                                           const uint8_t *data,
                                           size_t len,
                                           yinxin_error **error);

/**
 * Says whether revocation is looked at: `mode` is one of `yinxin_revocation_mode`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_set_revocation(yinxin_path_request *request,
                                                 int32_t mode,
                                                 yinxin_error **error);

/**
 * Says how many certificates the path may have, leaf and anchor included; by default 8, at most 16.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_set_max_depth(yinxin_path_request *request,
                                                int32_t max_depth,
                                                yinxin_error **error);

/**
 * Accepts a certificate policy, an object identifier such as `1.2.156.1.2`; any, where none is named.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_add_policy(yinxin_path_request *request,
                                             const char *oid,
                                             yinxin_error **error);

/**
 * Sets the initial values of RFC 5280 6.1.1, each 0 or not: that the path must be valid under an
 * accepted policy even if no authority says so, that mappings do not count, that the policy "any"
 * does not count.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_set_policy_rules(yinxin_path_request *request,
                                                   int32_t explicit_policy,
                                                   int32_t inhibit_mapping,
                                                   int32_t inhibit_any,
                                                   yinxin_error **error);

/**
 * Finds and judges the best path as of a time: a report as JSON text (`yinxin.path/1`), the same that
 * the command `cert verify --json` gives. `outcome` in it is `passed`, `indeterminate` or `failed`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_path_request_judge(const yinxin_path_request *request,
                                        int64_t at,
                                        yinxin_bytes **out,
                                        yinxin_error **error);

/**
 * Frees a question; NULL is fine.
 */
YINXIN_API void yinxin_path_request_free(yinxin_path_request *request);

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
 * Takes the signature, to be time-stamped before `yinxin_pending_finish`. Not for seals
 * and lists of files.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_pending_add_signature(yinxin_pending *pending,
                                           const uint8_t *signature,
                                           size_t signature_len,
                                           yinxin_error **error);

/**
 * The question to a time stamp authority over the signature (TimeStampReq, DER). `nonce` is a
 * random number of up to 32 bytes, say 8, that the answer must repeat. Not for seals
 * and lists of files.
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
 * or the authority's certificate where its token lacks it. Not for seals
 * and lists of files.
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
 * was. Not for seals
 * and lists of files.
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
 * Lists every file of an OFD package, and freezes the list for its signature (GM/T 0099-2020 7.4). No
 * file changes, so signatures hold; none can be added afterwards. The signer's key must be SM2.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_integrity_prepare(const uint8_t *document,
                                       size_t document_len,
                                       const yinxin_certificate *signer,
                                       int64_t signed_at,
                                       yinxin_pending **out,
                                       yinxin_error **error);

/**
 * Takes up a stored list of files with the same package.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_integrity_from_bytes(const uint8_t *stored,
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
 * Names the earlier signature, by its ID in an OFD's list, that this one is relative to: a
 * counter-signature.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_relative_to(yinxin_request *request,
                                         const char *id,
                                         yinxin_error **error);

/**
 * Signs with RSA-PSS (SHA-256) where the signer's key is RSA.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_use_rsa_pss(yinxin_request *request,
                                         yinxin_error **error);

/**
 * Writes a message as CMS (RFC 5652) although the key is SM2, for which GB/T 35275 is usual.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_use_cms(yinxin_request *request,
                                     yinxin_error **error);

/**
 * Has a certificate travel in a message beside the signer's, at most 16.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_add_certificate(yinxin_request *request,
                                             const yinxin_certificate *certificate,
                                             yinxin_error **error);

/**
 * Keeps no room for a time stamp in a PDF, which makes it some 32 kB smaller.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_without_time_stamp(yinxin_request *request,
                                                yinxin_error **error);

/**
 * Sets a text of a PDF's signature; `kind` is one of `yinxin_pdf_text`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_set_pdf_text(yinxin_request *request,
                                          int32_t kind,
                                          const char *value,
                                          yinxin_error **error);

/**
 * Sets the form of a PDF's signature, one of `yinxin_pdf_format`, where it is not the usual one of the
 * message.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_set_pdf_format(yinxin_request *request,
                                            int32_t format,
                                            yinxin_error **error);

/**
 * Makes it the author's signature of a PDF; `permission`, one of `yinxin_pdf_permission`, is what
 * others may change afterwards.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_certify(yinxin_request *request,
                                     int32_t permission,
                                     yinxin_error **error);

/**
 * Locks form fields of a PDF; `lock` is one of `yinxin_field_lock`. A field's name may be NULL with
 * `ALL` only; called again with the same lock, a further field is named.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_lock_field(yinxin_request *request,
                                        int32_t lock,
                                        const char *field,
                                        yinxin_error **error);

/**
 * Shows a signature without a seal in a PDF, so many micrometres wide and high around its place's
 * centre (`yinxin_request_at`), or in an existing field: a picture (PNG), a text, or both. Neither
 * picture nor text must be there; a text needs the font file that it is set in.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_request_show(yinxin_request *request,
                                  int64_t width_um,
                                  int64_t height_um,
                                  const uint8_t *picture,
                                  size_t picture_len,
                                  const char *shown_text,
                                  const uint8_t *font,
                                  size_t font_len,
                                  yinxin_error **error);

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
 * The question to a time stamp authority over the seal (TimeStampReq, DER, by SM3); the layout of 2025
 * has a place for the answer. `nonce` is a random number of up to 32 bytes, say 8.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_time_stamp_request(const yinxin_seal *seal,
                                             const uint8_t *nonce,
                                             size_t nonce_len,
                                             yinxin_bytes **out,
                                             yinxin_error **error);

/**
 * The same seal with the authority's answer (TimeStampResp, DER) to that question. `authority` may be
 * NULL, or the authority's certificate where its token lacks it.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_seal_add_time_stamp(const yinxin_seal *seal,
                                         const uint8_t *request,
                                         size_t request_len,
                                         const uint8_t *response,
                                         size_t response_len,
                                         const yinxin_certificate *authority,
                                         yinxin_seal **out,
                                         yinxin_error **error);

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
 * Pins a root on the caller's word: how it came here is the caller's to know. `environment` is one of
 * `yinxin_environment` and must be the root's; `now` is in seconds since 1970.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_pin(const uint8_t *root,
                                     size_t root_len,
                                     int32_t environment_number,
                                     int64_t now,
                                     yinxin_trust_state **out,
                                     yinxin_error **error);

/**
 * Takes the next root, signed by the keys of the one before.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_rotate(const yinxin_trust_state *state,
                                        const uint8_t *root,
                                        size_t root_len,
                                        int64_t now,
                                        yinxin_trust_state **out,
                                        yinxin_error **error);

/**
 * Takes a list in, if it follows from the one in force. One that is refused
 * (`YINXIN_STATUS_TRUST_ROLLBACK` and others) leaves the state as it was.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_install(const yinxin_trust_state *state,
                                         const uint8_t *list,
                                         size_t list_len,
                                         int64_t now,
                                         yinxin_trust_state **out,
                                         yinxin_error **error);

/**
 * Remembers a time, so that a clock set back later is noticed: `YINXIN_STATUS_TRUST_CLOCK` for a time
 * more than a day before the latest one seen.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_seen(const yinxin_trust_state *state,
                                      int64_t now,
                                      yinxin_trust_state **out,
                                      yinxin_error **error);

/**
 * The latest time it was told of, in seconds since 1970; 0 for NULL.
 */
YINXIN_API int64_t yinxin_trust_state_latest_seen(const yinxin_trust_state *state);

/**
 * Writes the state, to be kept where nobody else can change it.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_to_bytes(const yinxin_trust_state *state,
                                          yinxin_bytes **out,
                                          yinxin_error **error);

/**
 * Reads a state that was kept.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_trust_state_from_bytes(const uint8_t *stored,
                                            size_t stored_len,
                                            yinxin_trust_state **out,
                                            yinxin_error **error);

/**
 * The name of the trust system; NULL for NULL.
 */
YINXIN_API const char *yinxin_trust_state_name(const yinxin_trust_state *state);

/**
 * The version of the list in force; 0 without one and for NULL.
 */
YINXIN_API int64_t yinxin_trust_state_list_version(const yinxin_trust_state *state);

/**
 * How fresh the list in force is at a time: `none`, `fresh`, `stale-warn` after a week or
 * `stale-stop` after thirty days, when it vouches for nothing; NULL for NULL and for a time out of
 * range. A constant; it is never freed.
 */
YINXIN_API const char *yinxin_trust_state_freshness(const yinxin_trust_state *state, int64_t at);

/**
 * Frees a state; NULL is fine.
 */
YINXIN_API void yinxin_trust_state_free(yinxin_trust_state *state);

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
 * Takes anchors, organizations and scopes from the trust list in force of a state.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_set_trust(yinxin_verifier_builder *builder,
                                                const yinxin_trust_state *state,
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

/**
 * Adds a status list, JWT or CWT; it is used where it tells of the time asked about and the trust list
 * believes its publisher.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_status_list(yinxin_verifier_builder *builder,
                                                      const uint8_t *data,
                                                      size_t len,
                                                      yinxin_error **error);

/**
 * Says where in which status list licenses and seals stand, as JSON of a register
 * (`yinxin.status-references/1`).
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_status_references(yinxin_verifier_builder *builder,
                                                            const uint8_t *data,
                                                            size_t len,
                                                            yinxin_error **error);

/**
 * Adds a revocation list of seals, JSON, on the caller's word. `as_of` leads to the time for which it
 * speaks; NULL takes the one that the list states.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_seal_revocations(yinxin_verifier_builder *builder,
                                                           const uint8_t *data,
                                                           size_t len,
                                                           const int64_t *as_of,
                                                           yinxin_error **error);

/**
 * Adds the evidence of a pack. Its trust list comes with the state that opening it gave, by
 * `yinxin_verifier_builder_set_trust`.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_add_pack(yinxin_verifier_builder *builder,
                                               const yinxin_trust_pack *pack,
                                               yinxin_error **error);

/**
 * Says after how many days a trust list is reported as stale, and after how many it vouches for
 * nobody; by default 7 and 30.
 */
YINXIN_API
YINXIN_MUST_USE
yinxin_status yinxin_verifier_builder_set_freshness_limits(yinxin_verifier_builder *builder,
                                                           int64_t warn_days,
                                                           int64_t stop_days,
                                                           yinxin_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* YINXIN_H */
