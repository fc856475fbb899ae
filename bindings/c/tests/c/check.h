/* What the test programs share: a check that ends the program, a file, and a made-up world. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yinxin.h>

#define CHECK(condition)                                                            \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                                \
        }                                                                           \
    } while (0)

#define OK(call) CHECK((call) == YINXIN_STATUS_OK)

/* The status, and an error that tells the same. */
#define FAILS(wanted, call)                                 \
    do {                                                    \
        yinxin_error *error = NULL;                         \
        CHECK((call) == (wanted));                          \
        CHECK(error != NULL);                               \
        CHECK(yinxin_error_status(error) == (wanted));      \
        CHECK(strlen(yinxin_error_name(error)) > 0);        \
        CHECK(strlen(yinxin_error_message(error)) > 0);     \
        yinxin_error_free(error);                           \
    } while (0)

/* Everything of a file, with a NUL behind it; the caller frees it. */
static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    char *bytes;
    long size;
    CHECK(file != NULL);
    CHECK(fseek(file, 0, SEEK_END) == 0);
    size = ftell(file);
    CHECK(size >= 0 && fseek(file, 0, SEEK_SET) == 0);
    bytes = malloc((size_t)size + 1);
    CHECK(bytes != NULL);
    CHECK(fread(bytes, 1, (size_t)size, file) == (size_t)size);
    bytes[size] = 0;
    CHECK(fclose(file) == 0);
    if (len != NULL) {
        *len = (size_t)size;
    }
    return bytes;
}

/* 2026-01-01, 2026-03-02 and 2036-01-01. */
#define BEGIN INT64_C(1767225600)
#define SIGNED INT64_C(1772413200)
#define END INT64_C(2082758400)

/* A root, a maker and a signer with their keys, and a seal. */
struct world {
    yinxin_key *root_key, *maker_key, *signer_key;
    yinxin_certificate *root, *maker, *signer;
    yinxin_seal *seal;
};

static yinxin_key *key_of(uint8_t number) {
    uint8_t scalar[32];
    yinxin_key *key = NULL;
    memset(scalar, number, sizeof scalar);
    OK(yinxin_key_from_sm2_scalar(scalar, sizeof scalar, &key, NULL));
    return key;
}

static yinxin_certificate *certificate_of(const char *name, uint8_t serial, const yinxin_key *key,
                                          const yinxin_certificate *issuer, const yinxin_key *issuer_key) {
    yinxin_certificate_spec *spec = NULL;
    yinxin_certificate *certificate = NULL;
    OK(yinxin_certificate_spec_new(name, NULL, &serial, 1, BEGIN, END, &spec, NULL));
    if (issuer == NULL) {
        OK(yinxin_certificate_make_root(spec, key, &certificate, NULL));
    } else {
        OK(yinxin_certificate_make_signer(spec, key, issuer, issuer_key, &certificate, NULL));
    }
    yinxin_certificate_spec_free(spec);
    return certificate;
}

static yinxin_seal_spec *spec_of(const struct world *world) {
    yinxin_seal_spec *spec = NULL;
    OK(yinxin_seal_spec_new("34990000000001", "某某市市场监督管理局", BEGIN + 86400, BEGIN + 86400, END - 86400,
                            &spec, NULL));
    OK(yinxin_seal_spec_add_signer(spec, world->signer, NULL));
    OK(yinxin_seal_spec_draw_round(spec, "", NULL, NULL, 0, 600, NULL));
    return spec;
}

static void world_new(struct world *world) {
    yinxin_seal_spec *spec;
    world->root_key = key_of(1);
    world->maker_key = key_of(2);
    world->signer_key = key_of(3);
    world->root = certificate_of("示范根", 1, world->root_key, NULL, NULL);
    world->maker = certificate_of("示范制章单位", 2, world->maker_key, world->root, world->root_key);
    world->signer = certificate_of("某某市市场监督管理局", 3, world->signer_key, world->root, world->root_key);
    spec = spec_of(world);
    OK(yinxin_seal_spec_make(spec, world->maker, world->maker_key, &world->seal, NULL));
    yinxin_seal_spec_free(spec);
}

static void world_free(struct world *world) {
    yinxin_seal_free(world->seal);
    yinxin_certificate_free(world->signer);
    yinxin_certificate_free(world->maker);
    yinxin_certificate_free(world->root);
    yinxin_key_free(world->signer_key);
    yinxin_key_free(world->maker_key);
    yinxin_key_free(world->root_key);
}

/* A verifier that trusts the root for signers and makers. */
static yinxin_verifier *verifier_of(const struct world *world, const char *policy) {
    yinxin_verifier_builder *builder = NULL;
    yinxin_verifier *verifier = NULL;
    size_t len = 0;
    const uint8_t *root = yinxin_certificate_der(world->root, &len);
    OK(yinxin_verifier_builder_new(policy, &builder, NULL));
    OK(yinxin_verifier_builder_add_anchors(builder, YINXIN_ANCHOR_ROLE_SIGNER, root, len, NULL));
    OK(yinxin_verifier_builder_add_anchors(builder, YINXIN_ANCHOR_ROLE_MAKER, root, len, NULL));
    OK(yinxin_verifier_builder_build(builder, &verifier, NULL));
    yinxin_verifier_builder_free(builder);
    return verifier;
}

/* A sealed license, OFD. */
static yinxin_bytes *license_of(const struct world *world, const char *metadata, int32_t format) {
    yinxin_draft *draft = NULL;
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL;
    yinxin_bytes *license = NULL;
    OK(yinxin_draft_new(metadata, NULL, SIGNED, &draft, NULL));
    OK(yinxin_request_affix(world->seal, world->signer, SIGNED, &request, NULL));
    OK(yinxin_draft_prepare(draft, format, request, &pending, NULL));
    OK(yinxin_pending_sign(pending, world->signer_key, &license, NULL));
    yinxin_pending_free(pending);
    yinxin_request_free(request);
    yinxin_draft_free(draft);
    return license;
}

#endif
