/*
 * What the examples stand on: made-up parties and a seal, and a way to end on the first error. A real
 * program reads its certificates and keys from files or devices.
 */
#ifndef MADE_H
#define MADE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yinxin.h>

/* Ends the program with what went wrong. */
static void must(yinxin_status status, yinxin_error *error) {
    if (status != YINXIN_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", yinxin_error_name(error), yinxin_error_message(error));
        exit(1);
    }
}

/* Calls with an error that is looked at: MUST(yinxin_seal_parse(data, len, &seal, &error)). */
#define MUST(call)                  \
    do {                            \
        yinxin_error *error = NULL; \
        yinxin_status status = (call); \
        must(status, error);        \
    } while (0)

/* A file as text; the caller frees it. */
static char *text_of(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size = 0;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0 ||
        fseek(file, 0, SEEK_SET) != 0 || (text = malloc((size_t)size + 1)) == NULL ||
        fread(text, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(1);
    }
    fclose(file);
    text[size] = 0;
    return text;
}

static int64_t time_of(const char *text) {
    int64_t seconds = 0;
    MUST(yinxin_time_parse(text, &seconds, &error));
    return seconds;
}

/* A root that vouches for a maker of seals and for one who signs, and a seal made for the latter. */
struct made {
    yinxin_key *root_key, *maker_key, *signer_key;
    yinxin_certificate *root, *maker, *signer;
    yinxin_seal *seal;
};

static yinxin_key *key_of(uint8_t number) {
    uint8_t scalar[32];
    yinxin_key *key = NULL;
    memset(scalar, number, sizeof scalar);
    MUST(yinxin_key_from_sm2_scalar(scalar, sizeof scalar, &key, &error));
    return key;
}

static yinxin_certificate *certificate_of(const char *name, uint8_t serial, const yinxin_key *key,
                                          const struct made *issuer) {
    yinxin_certificate_spec *spec = NULL;
    yinxin_certificate *certificate = NULL;
    MUST(yinxin_certificate_spec_new(name, NULL, &serial, 1, time_of("2026-01-01T00:00:00Z"),
                                     time_of("2036-01-01T00:00:00Z"), &spec, &error));
    if (issuer == NULL) {
        MUST(yinxin_certificate_make_root(spec, key, &certificate, &error));
    } else {
        MUST(yinxin_certificate_make_signer(spec, key, issuer->root, issuer->root_key, &certificate, &error));
    }
    yinxin_certificate_spec_free(spec);
    return certificate;
}

/* What a seal of two red pixels by two is to be; the caller frees it. */
static yinxin_seal_spec *order(const struct made *made) {
    static const uint8_t picture[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x06\0\0\0r\xb6\r$\0\0\0\x11IDATx\x9c"
        "cx\xc6 \xf4\x1f\x84\x19`\x0c\0F\x14\x07\xdd\x98[`Y\0\0\0\0IEND\xae" "B`\x82";
    yinxin_seal_spec *spec = NULL;
    MUST(yinxin_seal_spec_new("34990000000001", "某某市市场监督管理局", time_of("2026-01-02T00:00:00Z"),
                              time_of("2026-01-02T00:00:00Z"), time_of("2031-01-02T00:00:00Z"), &spec, &error));
    MUST(yinxin_seal_spec_add_signer(spec, made->signer, &error));
    MUST(yinxin_seal_spec_set_picture(spec, picture, sizeof picture - 1, 42, 42, &error));
    return spec;
}

static void make(struct made *made) {
    yinxin_seal_spec *spec;
    made->root_key = key_of(1);
    made->maker_key = key_of(2);
    made->signer_key = key_of(3);
    made->root = certificate_of("示范根", 1, made->root_key, NULL);
    made->maker = certificate_of("示范制章单位", 2, made->maker_key, made);
    made->signer = certificate_of("某某市市场监督管理局", 3, made->signer_key, made);
    spec = order(made);
    MUST(yinxin_seal_spec_make(spec, made->maker, made->maker_key, &made->seal, &error));
    yinxin_seal_spec_free(spec);
}

static void unmake(struct made *made) {
    yinxin_seal_free(made->seal);
    yinxin_certificate_free(made->root);
    yinxin_certificate_free(made->maker);
    yinxin_certificate_free(made->signer);
    yinxin_key_free(made->root_key);
    yinxin_key_free(made->maker_key);
    yinxin_key_free(made->signer_key);
}

/* The report on a document under a policy, trusting the made-up root. */
static yinxin_report *report_on(const struct made *made, const char *policy, const uint8_t *document, size_t len) {
    yinxin_verifier_builder *builder = NULL;
    yinxin_verifier *verifier = NULL;
    yinxin_report *report = NULL;
    size_t root_len = 0;
    const uint8_t *root = yinxin_certificate_der(made->root, &root_len);
    MUST(yinxin_verifier_builder_new(policy, &builder, &error));
    MUST(yinxin_verifier_builder_add_anchors(builder, YINXIN_ANCHOR_ROLE_SIGNER, root, root_len, &error));
    MUST(yinxin_verifier_builder_add_anchors(builder, YINXIN_ANCHOR_ROLE_MAKER, root, root_len, &error));
    MUST(yinxin_verifier_builder_build(builder, &verifier, &error));
    yinxin_verifier_builder_free(builder);
    MUST(yinxin_verifier_verify(verifier, document, len, time_of("2026-03-04T00:00:00Z"), &report, &error));
    yinxin_verifier_free(verifier);
    return report;
}

/* A license of the made-up office; the caller frees it. */
static yinxin_bytes *license_of(const struct made *made, const char *metadata, int32_t format) {
    const int64_t now = time_of("2026-03-02T01:00:00Z");
    yinxin_draft *draft = NULL;
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL;
    yinxin_bytes *license = NULL;
    MUST(yinxin_draft_new(metadata, "standard-landscape", now, &draft, &error));
    MUST(yinxin_draft_check_catalog(draft, NULL, &error));
    MUST(yinxin_request_affix(made->seal, made->signer, now, &request, &error));
    MUST(yinxin_draft_prepare(draft, format, request, &pending, &error));
    MUST(yinxin_pending_sign(pending, made->signer_key, &license, &error));
    yinxin_pending_free(pending);
    yinxin_request_free(request);
    yinxin_draft_free(draft);
    return license;
}

/* Prints the outcome, and what it hangs on. */
static void verdict(const yinxin_report *report) {
    const char *headline = yinxin_report_get(report, "/headline", NULL);
    printf("%s%s%s", yinxin_report_get(report, "/outcome", NULL), headline == NULL ? "" : ", ",
           headline == NULL ? "" : headline);
}

/* A text of the report, or "-". Texts of documents are hostile: a real program escapes them. */
static const char *fact(const yinxin_report *report, const char *place) {
    const char *text = yinxin_report_get(report, place, NULL);
    return text == NULL ? "-" : text;
}

#endif
