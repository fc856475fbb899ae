/* Ways through the library: paths METADATA success|errors|misuse|threads|panic. Every object is
 * freed, so that a tool that looks for leaks finds none. */
#include "check.h"

#include <pthread.h>

static void reads_a_report(const yinxin_report *report) {
    size_t len = 0, i;
    const char *json = yinxin_report_json(report, &len);
    CHECK(strlen(json) == len);
    CHECK(strncmp(json, "{\"schema\":\"yinxin.report/1\"", 27) == 0);
    CHECK(json == yinxin_report_json(report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    CHECK(yinxin_report_axis(report, YINXIN_AXIS_AUTHENTIC) == YINXIN_OUTCOME_PASSED);
    CHECK(yinxin_report_axis(report, 77) == YINXIN_OUTCOME_FAILED);
    CHECK(strcmp(yinxin_report_get(report, "/outcome", &len), "passed") == 0 && len == 6);
    CHECK(strcmp(yinxin_report_get(report, "/document/format", NULL), "ofd") == 0);
    CHECK(yinxin_report_get(report, "/headline", &len) == NULL && len == 0);
    CHECK(yinxin_report_get(report, "/signatures", NULL) == NULL);
    CHECK(yinxin_report_get(report, "nowhere", NULL) == NULL);
    CHECK(yinxin_report_count(report, "/signatures") == 1);
    CHECK(yinxin_report_outcome_at(report, "/signatures/0/outcome") == YINXIN_OUTCOME_PASSED);
    CHECK(yinxin_report_outcome_at(report, "/signatures/1/outcome") == YINXIN_OUTCOME_FAILED);
    CHECK(strstr(yinxin_report_get(report, "/signatures/0/signer/subject", NULL), "市场监督管理局") != NULL);
    CHECK(yinxin_report_count(report, "/signatures/0/checks") > 10);
    for (i = 0; i < yinxin_report_count(report, "/signatures/0/checks"); i++) {
        char place[64];
        snprintf(place, sizeof place, "/signatures/0/checks/%lu/code", (unsigned long)i);
        CHECK(strchr(yinxin_report_get(report, place, NULL), '.') != NULL);
    }
    CHECK(yinxin_report_count(report, "/axes") == 3);
    CHECK(yinxin_report_member(report, "/axes", 2) != NULL);
    CHECK(yinxin_report_member(report, "/axes", 3) == NULL);
    CHECK(strcmp(yinxin_report_member(report, "/signatures", 0), "0") == 0);
}

static void verifies(const struct world *world, const yinxin_bytes *license) {
    yinxin_verifier *verifier = verifier_of(world, "basic");
    yinxin_report *report = NULL;
    OK(yinxin_verifier_verify(verifier, yinxin_bytes_data(license), yinxin_bytes_len(license), SIGNED + 60,
                              &report, NULL));
    reads_a_report(report);
    yinxin_verifier_free(verifier);
    /* A report outlives its verifier. */
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    yinxin_report_free(report);
}

static void makes_a_seal_in_two_phases(const struct world *world) {
    yinxin_seal_spec *spec = spec_of(world);
    yinxin_pending *pending = NULL;
    yinxin_bytes *value = NULL, *seal = NULL, *digest = NULL, *algorithm = NULL;
    yinxin_certificate *maker = NULL;
    yinxin_seal *read = NULL;
    size_t len = 0, same = 0;
    const uint8_t *message, *der;
    OK(yinxin_seal_spec_prepare(spec, world->maker, &pending, NULL));
    message = yinxin_pending_message(pending, &len);
    OK(yinxin_pending_digest(pending, &digest, NULL));
    CHECK(yinxin_bytes_len(digest) == 32);
    OK(yinxin_pending_algorithm(pending, &algorithm, NULL));
    CHECK(strcmp(yinxin_bytes_text(algorithm), "SM2-SM3") == 0);
    OK(yinxin_key_sign(world->maker_key, message, len, &value, NULL));
    OK(yinxin_pending_complete(pending, yinxin_bytes_data(value), yinxin_bytes_len(value), &seal, NULL));
    OK(yinxin_seal_parse(yinxin_bytes_data(seal), yinxin_bytes_len(seal), &read, NULL));
    CHECK(strcmp(yinxin_seal_name(read), "某某市市场监督管理局") == 0);
    CHECK(strcmp(yinxin_seal_id(read), "34990000000001") == 0);
    CHECK(yinxin_seal_layout(read) == YINXIN_LAYOUT_GBT38540_2020);
    CHECK(yinxin_seal_valid_from(read) == BEGIN + 86400 && yinxin_seal_valid_until(read) == END - 86400);
    CHECK(yinxin_seal_signer_count(read) == 1);
    CHECK(memcmp(yinxin_seal_picture(read, &len), "\x89PNG", 4) == 0 && len > 100);
    CHECK(strcmp(yinxin_seal_picture_type(read), "PNG") == 0);
    CHECK(yinxin_seal_picture_width_mm(read) == yinxin_seal_picture_height_mm(read));
    OK(yinxin_seal_maker(read, &maker, NULL));
    CHECK(strcmp(yinxin_certificate_sha256(maker), yinxin_certificate_sha256(world->maker)) == 0);
    /* The same specification, maker and key give the same seal. */
    der = yinxin_seal_der(world->seal, &same);
    CHECK(same == yinxin_bytes_len(seal) && memcmp(der, yinxin_bytes_data(seal), same) == 0);
    yinxin_certificate_free(maker);
    yinxin_seal_free(read);
    yinxin_bytes_free(algorithm);
    yinxin_bytes_free(digest);
    yinxin_bytes_free(seal);
    yinxin_bytes_free(value);
    yinxin_pending_free(pending);
    yinxin_seal_spec_free(spec);
}

/* Prepared, stored, and taken up again as another process would. */
static void affixes_in_two_phases(const struct world *world, const char *metadata) {
    yinxin_draft *draft = NULL;
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL, *later = NULL;
    yinxin_bytes *document = NULL, *stored = NULL, *value = NULL, *sealed = NULL;
    yinxin_verifier *verifier = verifier_of(world, "basic");
    yinxin_report *report = NULL;
    size_t len = 0;
    const uint8_t *message;
    OK(yinxin_draft_new(metadata, "standard-portrait", SIGNED, &draft, NULL));
    OK(yinxin_draft_check_catalog(draft, NULL, NULL));
    OK(yinxin_draft_document(draft, YINXIN_FORMAT_OFD, &document, NULL));
    OK(yinxin_request_affix(world->seal, world->signer, SIGNED, &request, NULL));
    OK(yinxin_request_at(request, 0, 150000, 240000, NULL));
    OK(yinxin_request_close_document(request, NULL));
    OK(yinxin_request_prepare(request, yinxin_bytes_data(document), yinxin_bytes_len(document), &pending, NULL));
    OK(yinxin_pending_to_bytes(pending, &stored, NULL));
    yinxin_pending_free(pending);

    OK(yinxin_pending_from_bytes(yinxin_bytes_data(stored), yinxin_bytes_len(stored), yinxin_bytes_data(document),
                                 yinxin_bytes_len(document), &later, NULL));
    message = yinxin_pending_message(later, &len);
    OK(yinxin_key_sign(world->signer_key, message, len, &value, NULL));
    OK(yinxin_pending_add_signature(later, yinxin_bytes_data(value), yinxin_bytes_len(value), NULL));
    OK(yinxin_pending_finish(later, &sealed, NULL));
    OK(yinxin_verifier_verify(verifier, yinxin_bytes_data(sealed), yinxin_bytes_len(sealed), SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    yinxin_report_free(report);
    yinxin_verifier_free(verifier);
    yinxin_bytes_free(sealed);
    yinxin_bytes_free(value);
    yinxin_pending_free(later);
    yinxin_bytes_free(stored);
    yinxin_request_free(request);
    yinxin_bytes_free(document);
    yinxin_draft_free(draft);
}

static void keeps_keys_and_lists(const struct world *world) {
    yinxin_key *made = NULL, *read = NULL;
    yinxin_bytes *pem = NULL, *crl = NULL, *text = NULL;
    yinxin_crl_builder *list = NULL;
    yinxin_verifier_builder *builder = NULL;
    size_t one = 0, other = 0;
    int64_t time = 0;
    OK(yinxin_key_generate(YINXIN_KEY_KIND_P256, &made, NULL));
    OK(yinxin_key_to_pem(made, NULL, &pem, NULL));
    OK(yinxin_key_parse(yinxin_bytes_data(pem), yinxin_bytes_len(pem), NULL, &read, NULL));
    CHECK(memcmp(yinxin_key_public(made, &one), yinxin_key_public(read, &other), one) == 0 && one == other);
    OK(yinxin_crl_builder_new(1, SIGNED, END, &list, NULL));
    OK(yinxin_crl_builder_revoke(list, world->maker, SIGNED, NULL));
    OK(yinxin_crl_builder_sign(list, world->root, world->root_key, &crl, NULL));
    OK(yinxin_verifier_builder_new(NULL, &builder, NULL));
    OK(yinxin_verifier_builder_add_crls(builder, yinxin_bytes_data(crl), yinxin_bytes_len(crl), NULL));
    OK(yinxin_time_parse("2026-03-02T01:00:00Z", &time, NULL));
    CHECK(time == SIGNED);
    OK(yinxin_explain(YINXIN_TEXT_KIND_CHECK, "path.anchor", YINXIN_LANGUAGE_ZH_CN, &text, NULL));
    CHECK(yinxin_bytes_len(text) > 0);
    CHECK(yinxin_abi_version() == YINXIN_ABI_VERSION);
    CHECK(strcmp(yinxin_version(), YINXIN_VERSION) == 0);
    yinxin_bytes_free(text);
    yinxin_verifier_builder_free(builder);
    yinxin_bytes_free(crl);
    yinxin_crl_builder_free(list);
    yinxin_key_free(read);
    yinxin_key_free(made);
    yinxin_bytes_free(pem);
}

static void success(const struct world *world, const char *metadata) {
    yinxin_bytes *license = license_of(world, metadata, YINXIN_FORMAT_OFD);
    yinxin_bytes *pdf = license_of(world, metadata, YINXIN_FORMAT_PDF);
    CHECK(memcmp(yinxin_bytes_data(license), "PK", 2) == 0);
    CHECK(memcmp(yinxin_bytes_data(pdf), "%PDF-", 5) == 0);
    verifies(world, license);
    makes_a_seal_in_two_phases(world);
    affixes_in_two_phases(world, metadata);
    keeps_keys_and_lists(world);
    yinxin_bytes_free(pdf);
    yinxin_bytes_free(license);
}

/* Bytes, texts, numbers and lengths that are not what they should be. */
static void errors(const struct world *world, const char *metadata) {
    static const uint8_t rubbish[] = "rubbish";
    static const char not_utf8[] = "\xff\xfe";
    const size_t absurd = (size_t)-1;
    yinxin_verifier *verifier = verifier_of(world, "window");
    yinxin_verifier_builder *builder = NULL;
    yinxin_report *report = NULL;
    yinxin_certificate *certificate = NULL;
    yinxin_seal *seal = NULL;
    yinxin_key *key = NULL;
    yinxin_bytes *bytes = NULL;
    yinxin_draft *draft = NULL;
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL;
    int64_t time = 7;

    /* A document that is none is a verdict, not an error. */
    OK(yinxin_verifier_verify(verifier, rubbish, sizeof rubbish, SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_FAILED);
    CHECK(strcmp(yinxin_report_get(report, "/headline", NULL), "container.format") == 0);
    yinxin_report_free(report);
    report = NULL;
    OK(yinxin_verifier_verify(verifier, NULL, 0, SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_FAILED);
    yinxin_report_free(report);
    report = NULL;

    FAILS(YINXIN_STATUS_NULL_POINTER, yinxin_verifier_verify(verifier, NULL, 9, SIGNED, &report, &error));
    FAILS(YINXIN_STATUS_INVALID_LENGTH, yinxin_verifier_verify(verifier, rubbish, absurd, SIGNED, &report, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT,
          yinxin_verifier_verify(verifier, rubbish, sizeof rubbish, INT64_MIN, &report, &error));
    CHECK(report == NULL);
    FAILS(YINXIN_STATUS_MISSING, yinxin_certificate_parse(rubbish, sizeof rubbish, &certificate, &error));
    FAILS(YINXIN_STATUS_INVALID_LENGTH, yinxin_certificate_parse(rubbish, absurd, &certificate, &error));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_seal_parse(rubbish, sizeof rubbish, &seal, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_key_generate(99, &key, &error));
    FAILS(YINXIN_STATUS_INVALID_LENGTH, yinxin_key_from_sm2_scalar(rubbish, sizeof rubbish, &key, &error));
    FAILS(YINXIN_STATUS_INVALID_UTF8, yinxin_time_parse(not_utf8, &time, &error));
    FAILS(YINXIN_STATUS_INVALID_UTF8, yinxin_verifier_builder_new(not_utf8, &builder, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_verifier_builder_new("lenient", &builder, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_verifier_builder_new("{}", &builder, &error));
    FAILS(YINXIN_STATUS_INVALID_METADATA, yinxin_draft_new("{}", NULL, SIGNED, &draft, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM,
          yinxin_explain(YINXIN_TEXT_KIND_CHECK, "no.such", YINXIN_LANGUAGE_EN, &bytes, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_explain(-1, "path.anchor", 0, &bytes, &error));
    CHECK(time == 7 && !certificate && !seal && !key && !builder && !draft && !bytes);

    OK(yinxin_verifier_builder_new("basic", &builder, NULL));
    FAILS(YINXIN_STATUS_INVALID_ENUM,
          yinxin_verifier_builder_add_anchors(builder, 1000, rubbish, sizeof rubbish, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM,
          yinxin_verifier_builder_add_anchors(builder, INT32_MIN, rubbish, sizeof rubbish, &error));
    yinxin_verifier_builder_free(builder);

    OK(yinxin_draft_new(metadata, NULL, SIGNED, &draft, NULL));
    OK(yinxin_request_affix(world->seal, world->signer, SIGNED, &request, NULL));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_draft_document(draft, 5, &bytes, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_request_riding(request, 4, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_request_at_keyword(request, "x", -9, 0, 0, &error));
    FAILS(YINXIN_STATUS_INVALID_LENGTH, yinxin_request_at(request, 0, INT64_MAX, 0, &error));
    OK(yinxin_draft_prepare(draft, YINXIN_FORMAT_OFD, request, &pending, NULL));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_pending_complete(pending, rubbish, sizeof rubbish, &bytes, &error));
    /* Another's signature, well made. */
    FAILS(YINXIN_STATUS_KEY_MISMATCH, yinxin_pending_sign(pending, world->maker_key, &bytes, &error));
    yinxin_pending_free(pending);
    yinxin_request_free(request);
    yinxin_draft_free(draft);
    yinxin_verifier_free(verifier);
    /* An error that nobody asks for is not made. */
    CHECK(yinxin_seal_parse(rubbish, sizeof rubbish, &seal, NULL) == YINXIN_STATUS_MALFORMED);
}

/* The right calls in the wrong order, and twice. */
static void misuse(const struct world *world, const char *metadata) {
    yinxin_draft *draft = NULL;
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL, *seal_pending = NULL, *other = NULL;
    yinxin_seal_spec *spec = NULL;
    yinxin_bytes *bytes = NULL, *stored = NULL, *document = NULL, *value = NULL, *again = NULL;
    size_t len = 0;
    const uint8_t *message;
    uint8_t raw[64] = {0};

    OK(yinxin_seal_spec_new("1", "没有图", BEGIN, BEGIN, END, &spec, NULL));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_seal_spec_prepare(spec, world->maker, &seal_pending, &error));
    yinxin_seal_spec_free(spec);
    spec = spec_of(world);
    OK(yinxin_seal_spec_prepare(spec, world->maker, &seal_pending, NULL));
    FAILS(YINXIN_STATUS_UNSUPPORTED, yinxin_pending_to_bytes(seal_pending, &bytes, &error));
    FAILS(YINXIN_STATUS_UNSUPPORTED, yinxin_pending_finish(seal_pending, &bytes, &error));
    FAILS(YINXIN_STATUS_UNSUPPORTED, yinxin_pending_add_signature(seal_pending, raw, sizeof raw, &error));

    OK(yinxin_draft_new(metadata, NULL, SIGNED, &draft, NULL));
    OK(yinxin_request_affix(world->seal, world->signer, SIGNED, &request, NULL));
    OK(yinxin_draft_prepare(draft, YINXIN_FORMAT_OFD, request, &pending, NULL));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_pending_finish(pending, &bytes, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT,
          yinxin_pending_time_stamp_request(pending, raw, 8, &bytes, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_pending_add_time_stamp(pending, raw, 8, NULL, &error));
    OK(yinxin_pending_to_bytes(pending, &stored, NULL));
    OK(yinxin_draft_document(draft, YINXIN_FORMAT_PDF, &document, NULL));
    FAILS(YINXIN_STATUS_PENDING_MISMATCH,
          yinxin_pending_from_bytes(yinxin_bytes_data(stored), yinxin_bytes_len(stored), yinxin_bytes_data(document),
                                    yinxin_bytes_len(document), &other, &error));
    FAILS(YINXIN_STATUS_PENDING_MISMATCH,
          yinxin_draft_resume(draft, YINXIN_FORMAT_PDF, yinxin_bytes_data(stored), yinxin_bytes_len(stored), &other,
                              &error));
    /* Completed twice: the same document both times. */
    message = yinxin_pending_message(pending, &len);
    OK(yinxin_key_sign(world->signer_key, message, len, &value, NULL));
    OK(yinxin_pending_complete(pending, yinxin_bytes_data(value), yinxin_bytes_len(value), &bytes, NULL));
    OK(yinxin_pending_complete(pending, yinxin_bytes_data(value), yinxin_bytes_len(value), &again, NULL));
    CHECK(yinxin_bytes_len(bytes) == yinxin_bytes_len(again));
    CHECK(memcmp(yinxin_bytes_data(bytes), yinxin_bytes_data(again), yinxin_bytes_len(bytes)) == 0);
    yinxin_bytes_free(again);
    yinxin_bytes_free(bytes);
    yinxin_bytes_free(value);
    yinxin_bytes_free(document);
    yinxin_bytes_free(stored);
    yinxin_pending_free(pending);
    yinxin_pending_free(seal_pending);
    yinxin_request_free(request);
    yinxin_draft_free(draft);
    yinxin_seal_spec_free(spec);
}

struct work {
    const yinxin_verifier *verifier;
    const yinxin_bytes *license;
    const yinxin_report *shared;
};

static void *work(void *given) {
    const struct work *mine = given;
    int i;
    for (i = 0; i < 3; i++) {
        yinxin_report *report = NULL;
        OK(yinxin_verifier_verify(mine->verifier, yinxin_bytes_data(mine->license), yinxin_bytes_len(mine->license),
                                  SIGNED, &report, NULL));
        CHECK(strcmp(yinxin_report_json(report, NULL), yinxin_report_json(mine->shared, NULL)) == 0);
        CHECK(strcmp(yinxin_report_get(mine->shared, "/outcome", NULL), "passed") == 0);
        yinxin_report_free(report);
    }
    return NULL;
}

/* One verifier, one document and one report in eight threads. */
static void threads(const struct world *world, const char *metadata) {
    pthread_t all[8];
    struct work mine;
    size_t i;
    yinxin_bytes *license = license_of(world, metadata, YINXIN_FORMAT_OFD);
    yinxin_verifier *verifier = verifier_of(world, "basic");
    yinxin_report *shared = NULL;
    OK(yinxin_verifier_verify(verifier, yinxin_bytes_data(license), yinxin_bytes_len(license), SIGNED, &shared, NULL));
    mine.verifier = verifier;
    mine.license = license;
    mine.shared = shared;
    for (i = 0; i < 8; i++) {
        CHECK(pthread_create(&all[i], NULL, work, &mine) == 0);
    }
    for (i = 0; i < 8; i++) {
        CHECK(pthread_join(all[i], NULL) == 0);
    }
    yinxin_report_free(shared);
    yinxin_verifier_free(verifier);
    yinxin_bytes_free(license);
}

#ifdef WITH_TEST_PANIC
YINXIN_API yinxin_status yinxin_test_panic(yinxin_error **error);

/* A panic is a status, and the library goes on. */
static void panics(void) {
    int i;
    for (i = 0; i < 3; i++) {
        FAILS(YINXIN_STATUS_PANIC, yinxin_test_panic(&error));
        CHECK(yinxin_test_panic(NULL) == YINXIN_STATUS_PANIC);
    }
}
#endif

int main(int count, char **arguments) {
    struct world world;
    char *metadata;
    const char *path;
    CHECK(count == 3);
    metadata = read_file(arguments[1], NULL);
    path = arguments[2];
    world_new(&world);
    if (strcmp(path, "success") == 0) {
        success(&world, metadata);
    } else if (strcmp(path, "errors") == 0) {
        errors(&world, metadata);
    } else if (strcmp(path, "misuse") == 0) {
        misuse(&world, metadata);
    } else if (strcmp(path, "threads") == 0) {
        threads(&world, metadata);
#ifdef WITH_TEST_PANIC
    } else if (strcmp(path, "panic") == 0) {
        panics();
#endif
    } else {
        CHECK(!"no such path");
    }
    world_free(&world);
    free(metadata);
    printf("%s: done\n", path);
    return 0;
}
