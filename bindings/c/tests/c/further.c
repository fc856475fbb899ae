/* What stands behind a window and beside a license: trust lists and packs, evidence, encryption, codes:
 * further METADATA PROVINCES. Every object is freed, so that a tool that looks for leaks finds none. */
#include "check.h"

/* 2026-03-01 and 2026-03-08. */
#define ISSUED INT64_C(1772323200)
#define WEEK_LATER (ISSUED + 7 * 86400)

static const uint8_t rubbish[] = {1, 2, 3};

/* What a call gives, to be used in one line. */
#define DATA(bytes) yinxin_bytes_data(bytes), yinxin_bytes_len(bytes)

static int holds(const yinxin_bytes *bytes, const char *wanted) {
    const char *data = (const char *)yinxin_bytes_data(bytes);
    size_t len = yinxin_bytes_len(bytes), length = strlen(wanted), i;
    for (i = 0; i + length <= len; i++) {
        if (memcmp(data + i, wanted, length) == 0) {
            return 1;
        }
    }
    return 0;
}

static yinxin_outcome code(const char *text, int32_t kind) {
    yinxin_outcome outcome = YINXIN_OUTCOME_INDETERMINATE;
    OK(yinxin_code_check(text, kind, &outcome, NULL));
    return outcome;
}

static void checks_codes(void) {
    yinxin_bytes *id = NULL, *part = NULL;
    yinxin_outcome outcome = YINXIN_OUTCOME_PASSED;
    CHECK(code("91350100M000100Y43", YINXIN_CODE_KIND_USCC) == YINXIN_OUTCOME_PASSED);
    CHECK(code("91350100M000100Y44", YINXIN_CODE_KIND_USCC) == YINXIN_OUTCOME_FAILED);
    CHECK(code("11010519491231002X", YINXIN_CODE_KIND_CITIZEN) == YINXIN_OUTCOME_PASSED);
    CHECK(code("110105194912310021", YINXIN_CODE_KIND_CITIZEN) == YINXIN_OUTCOME_FAILED);
    CHECK(code("340100", YINXIN_CODE_KIND_REGION) == YINXIN_OUTCOME_PASSED);
    CHECK(code("34", YINXIN_CODE_KIND_REGION) == YINXIN_OUTCOME_FAILED);
    CHECK(code("D2143569-X", YINXIN_CODE_KIND_ORGANIZATION) == YINXIN_OUTCOME_PASSED);
    CHECK(code("D2143569-1", YINXIN_CODE_KIND_ORGANIZATION) == YINXIN_OUTCOME_FAILED);
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_code_check("1", 99, &outcome, &error));
    CHECK(outcome == YINXIN_OUTCOME_PASSED);

    OK(yinxin_license_id_make("11100000MB0143028R001", "91350100M000100Y43", "20260115000001", 1, &id, NULL));
    CHECK(code(yinxin_bytes_text(id), YINXIN_CODE_KIND_LICENSE) == YINXIN_OUTCOME_PASSED);
    OK(yinxin_license_id_part(yinxin_bytes_text(id), YINXIN_ID_PART_SERIAL, &part, NULL));
    CHECK(strcmp(yinxin_bytes_text(part), "20260115000001") == 0);
    yinxin_bytes_free(part);
    part = NULL;
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_license_id_part(yinxin_bytes_text(id), 9, &part, &error));
    FAILS(YINXIN_STATUS_INVALID_IDENTIFIER,
          yinxin_license_id_part("1.2.3", YINXIN_ID_PART_SERIAL, &part, &error));
    yinxin_bytes_free(id);
    id = NULL;
    FAILS(YINXIN_STATUS_INVALID_IDENTIFIER,
          yinxin_license_id_make("11100000MB0143028R001", "91350100M000100Y44", "1", 1, &id, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT,
          yinxin_license_id_make("11100000MB0143028R001", "91350100M000100Y43", "1", -1, &id, &error));
    CHECK(!id && !part);
}

/* Encrypted for a key and for a password, opened again, and verified as it is. */
static void encrypts(const struct world *world, const yinxin_bytes *license) {
    yinxin_encryptor *for_key = NULL, *for_password = NULL;
    yinxin_bytes *locked = NULL, *plain = NULL, *none = NULL;
    yinxin_verifier *verifier = verifier_of(world, "basic");
    yinxin_report *report = NULL;
    OK(yinxin_encryptor_new(SIGNED, &for_key, NULL));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_encryptor_encrypt(for_key, DATA(license), &none, &error));
    OK(yinxin_encryptor_add_certificate(for_key, "收件人", world->signer, NULL));
    OK(yinxin_encryptor_encrypt(for_key, DATA(license), &locked, NULL));
    FAILS(YINXIN_STATUS_KEY_MISMATCH, yinxin_key_decrypt(world->maker_key, DATA(locked), &none, &error));
    OK(yinxin_key_decrypt(world->signer_key, DATA(locked), &plain, NULL));
    OK(yinxin_verifier_verify(verifier, DATA(plain), SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    yinxin_report_free(report);
    OK(yinxin_verifier_verify_encrypted(verifier, DATA(locked), world->signer_key, SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    yinxin_report_free(report);
    yinxin_bytes_free(plain);
    yinxin_bytes_free(locked);

    OK(yinxin_encryptor_new(SIGNED, &for_password, NULL));
    OK(yinxin_encryptor_add_password(for_password, "收件人", "一个口令", NULL));
    OK(yinxin_encryptor_encrypt(for_password, DATA(license), &locked, NULL));
    FAILS(YINXIN_STATUS_WRONG_PASSWORD, yinxin_password_decrypt("另一个", DATA(locked), &none, &error));
    OK(yinxin_password_decrypt("一个口令", DATA(locked), &plain, NULL));
    CHECK(memcmp(yinxin_bytes_data(plain), "PK", 2) == 0);
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_password_decrypt("x", DATA(license), &none, &error));
    /* A refused recipient spoils the encryptor: nobody is left out unnoticed. */
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_encryptor_add_password(for_password, "", "x", &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_encryptor_encrypt(for_password, DATA(license), &none, &error));
    CHECK(!none);
    yinxin_bytes_free(plain);
    yinxin_bytes_free(locked);
    yinxin_encryptor_free(for_password);
    yinxin_encryptor_free(for_key);
    yinxin_verifier_free(verifier);
}

static void lists_files(const struct world *world, const yinxin_bytes *license) {
    yinxin_pending *pending = NULL, *later = NULL;
    yinxin_bytes *stored = NULL, *value = NULL, *listed = NULL, *none = NULL;
    yinxin_verifier *verifier = verifier_of(world, "basic");
    yinxin_report *report = NULL;
    size_t len = 0;
    const uint8_t *message;
    OK(yinxin_integrity_prepare(DATA(license), world->signer, SIGNED, &pending, NULL));
    OK(yinxin_pending_to_bytes(pending, &stored, NULL));
    FAILS(YINXIN_STATUS_UNSUPPORTED, yinxin_pending_finish(pending, &none, &error));
    FAILS(YINXIN_STATUS_PENDING_MISMATCH,
          yinxin_integrity_from_bytes(DATA(stored), rubbish, sizeof rubbish, &later, &error));
    OK(yinxin_integrity_from_bytes(DATA(stored), DATA(license), &later, NULL));
    message = yinxin_pending_message(later, &len);
    OK(yinxin_key_sign(world->signer_key, message, len, &value, NULL));
    OK(yinxin_pending_complete(later, DATA(value), &listed, NULL));
    OK(yinxin_verifier_verify(verifier, DATA(listed), SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    CHECK(strstr(yinxin_report_json(report, NULL), "integrity.value") != NULL);
    CHECK(!none);
    yinxin_report_free(report);
    yinxin_bytes_free(listed);
    yinxin_bytes_free(value);
    yinxin_pending_free(later);
    yinxin_bytes_free(stored);
    yinxin_pending_free(pending);
    yinxin_verifier_free(verifier);
}

static yinxin_bytes *crl_of(const struct world *world, const yinxin_certificate *revoked) {
    yinxin_crl_builder *builder = NULL;
    yinxin_bytes *crl = NULL;
    OK(yinxin_crl_builder_new(1, ISSUED, END, &builder, NULL));
    if (revoked) {
        OK(yinxin_crl_builder_revoke(builder, revoked, ISSUED, NULL));
    }
    OK(yinxin_crl_builder_sign(builder, world->root, world->root_key, &crl, NULL));
    yinxin_crl_builder_free(builder);
    return crl;
}

/* A path without and with its revocation list. */
static void judges_paths(const struct world *world) {
    yinxin_path_request *request = NULL;
    yinxin_bytes *report = NULL, *crl = crl_of(world, world->signer);
    size_t len = 0;
    const uint8_t *root = yinxin_certificate_der(world->root, &len);
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_path_request_new(world->signer, 9, &request, &error));
    OK(yinxin_path_request_new(world->signer, YINXIN_PURPOSE_SIGNER, &request, NULL));
    OK(yinxin_path_request_judge(request, SIGNED, &report, NULL));
    CHECK(holds(report, "\"outcome\":\"indeterminate\"") && holds(report, "missing_issuer"));
    yinxin_bytes_free(report);
    OK(yinxin_path_request_add_anchors(request, root, len, NULL));
    OK(yinxin_path_request_judge(request, SIGNED, &report, NULL));
    CHECK(holds(report, "\"schema\":\"yinxin.path/1\",\"outcome\":\"passed\""));
    yinxin_bytes_free(report);
    OK(yinxin_path_request_add_crls(request, DATA(crl), NULL));
    OK(yinxin_path_request_set_revocation(request, YINXIN_REVOCATION_MODE_REQUIRED, NULL));
    OK(yinxin_path_request_judge(request, SIGNED, &report, NULL));
    CHECK(holds(report, "\"outcome\":\"failed\"") && holds(report, "\"revoked\""));
    yinxin_bytes_free(report);
    OK(yinxin_path_request_set_max_depth(request, 1, NULL));
    OK(yinxin_path_request_judge(request, SIGNED, &report, NULL));
    CHECK(holds(report, "path_too_long"));
    FAILS(YINXIN_STATUS_INVALID_LENGTH, yinxin_path_request_set_max_depth(request, -1, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_path_request_set_revocation(request, 3, &error));
    FAILS(YINXIN_STATUS_MISSING, yinxin_path_request_add_intermediates(request, rubbish, 3, &error));
    OK(yinxin_path_request_add_policy(request, "1.2.156.1.2", NULL));
    OK(yinxin_path_request_set_policy_rules(request, 1, 1, 1, NULL));
    yinxin_bytes_free(report);
    yinxin_path_request_free(request);
    yinxin_bytes_free(crl);
}

static char *file_of(const char *folder, const char *name, size_t *len) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return read_file(path, len);
}

/* A verifier under a state, with a pack unless NULL. */
static yinxin_report *judged(const yinxin_trust_state *state, const yinxin_trust_pack *pack, int64_t days,
                             const char *document, size_t len, int64_t at) {
    yinxin_verifier_builder *builder = NULL;
    yinxin_verifier *verifier = NULL;
    yinxin_report *report = NULL;
    OK(yinxin_verifier_builder_new("window", &builder, NULL));
    OK(yinxin_verifier_builder_set_freshness_limits(builder, days, days, NULL));
    OK(yinxin_verifier_builder_set_trust(builder, state, NULL));
    if (pack) {
        OK(yinxin_verifier_builder_add_pack(builder, pack, NULL));
    }
    OK(yinxin_verifier_builder_build(builder, &verifier, NULL));
    OK(yinxin_verifier_verify(verifier, (const uint8_t *)document, len, at, &report, NULL));
    yinxin_verifier_free(verifier);
    yinxin_verifier_builder_free(builder);
    return report;
}

/* A keeper puts a pack together; a window opens it and judges by what is in it. */
static void opens_packs(const struct world *world, const char *folder) {
    size_t root_len, list_len, own_len;
    char *root = file_of(folder, "root.json", &root_len), *list = file_of(folder, "list-1.json", &list_len);
    char *own = file_of(folder, "own.ofd", &own_len);
    yinxin_key *keeper = key_of(8);
    yinxin_pack_spec *spec = NULL;
    yinxin_bytes *pack = NULL, *signed_twice = NULL, *crl = crl_of(world, NULL), *status = NULL;
    yinxin_trust_state *pinned = NULL, *opened = NULL, *later = NULL, *none = NULL;
    yinxin_trust_pack *evidence = NULL, *no_evidence = NULL;
    yinxin_report *report;
    const uint8_t statuses[] = {0, 1};
    const char *references = "{\"schema\":\"yinxin.status-references/1\",\"licenses\":{}}";

    OK(yinxin_pack_spec_new("示范信任体系", YINXIN_ENVIRONMENT_TEST, ISSUED, WEEK_LATER, (uint8_t *)list, list_len,
                            &spec, NULL));
    OK(yinxin_pack_spec_add(spec, YINXIN_PACK_PART_CRLS, DATA(crl), NULL));
    OK(yinxin_status_list_make("https://status.example.invalid/1", ISSUED, 86400, 1, statuses, 2, world->root_key,
                               &status, NULL));
    OK(yinxin_pack_spec_add(spec, YINXIN_PACK_PART_STATUS_LIST, DATA(status), NULL));
    OK(yinxin_pack_spec_add(spec, YINXIN_PACK_PART_STATUS_REFERENCES, (const uint8_t *)references,
                            strlen(references), NULL));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_pack_spec_add(spec, 6, DATA(crl), &error));
    FAILS(YINXIN_STATUS_MISSING, yinxin_pack_spec_add(spec, YINXIN_PACK_PART_CRLS, rubbish, 3, &error));
    OK(yinxin_pack_spec_make(spec, keeper, &pack, NULL));
    OK(yinxin_trust_document_sign(DATA(pack), keeper, &signed_twice, NULL));

    OK(yinxin_trust_state_pin((uint8_t *)root, root_len, YINXIN_ENVIRONMENT_TEST, ISSUED, &pinned, NULL));
    FAILS(YINXIN_STATUS_MALFORMED,
          yinxin_trust_state_open_pack(pinned, rubbish, sizeof rubbish, ISSUED, &none, &no_evidence, &error));
    FAILS(YINXIN_STATUS_TRUST_EXPIRED,
          yinxin_trust_state_open_pack(pinned, DATA(pack), WEEK_LATER + 1, &none, &no_evidence, &error));
    OK(yinxin_trust_state_open_pack(pinned, DATA(pack), ISSUED, &opened, &evidence, NULL));
    CHECK(yinxin_trust_state_list_version(pinned) == 0 && yinxin_trust_state_list_version(opened) == 1);
    CHECK(yinxin_trust_pack_issued(evidence) == ISSUED && yinxin_trust_pack_expires(evidence) == WEEK_LATER);

    /* The list vouches for the signer, the pack's list of revocations for its not being revoked. */
    report = judged(opened, NULL, 30, own, own_len, SIGNED);
    CHECK(yinxin_report_count(report, "/evidence") == 0);
    CHECK(strstr(yinxin_report_json(report, NULL), "no_revocation_list") != NULL);
    yinxin_report_free(report);
    report = judged(opened, evidence, 30, own, own_len, SIGNED);
    CHECK(yinxin_report_count(report, "/evidence") >= 1);
    CHECK(strstr(yinxin_report_json(report, NULL), "no_revocation_list") == NULL);
    CHECK(strcmp(yinxin_report_get(report, "/trust/freshness", NULL), "fresh") == 0);
    yinxin_report_free(report);
    report = judged(opened, evidence, 0, own, own_len, SIGNED);
    CHECK(strcmp(yinxin_report_get(report, "/trust/freshness", NULL), "stale-stop") == 0);
    yinxin_report_free(report);

    OK(yinxin_trust_state_seen(opened, WEEK_LATER, &later, NULL));
    CHECK(yinxin_trust_state_latest_seen(later) == WEEK_LATER);
    FAILS(YINXIN_STATUS_TRUST_CLOCK, yinxin_trust_state_seen(later, ISSUED, &none, &error));
    CHECK(!none && !no_evidence);

    yinxin_trust_state_free(later);
    yinxin_trust_pack_free(evidence);
    yinxin_trust_state_free(opened);
    yinxin_trust_state_free(pinned);
    yinxin_bytes_free(signed_twice);
    yinxin_bytes_free(status);
    yinxin_bytes_free(pack);
    yinxin_bytes_free(crl);
    yinxin_pack_spec_free(spec);
    yinxin_key_free(keeper);
    free(own);
    free(list);
    free(root);
}

/* A root of one's own, signed by its key. */
static void makes_trust_documents(void) {
    static const char *const payload =
        "{\"schema\":\"yinxin.trust-root/1\",\"name\":\"示范\",\"environment\":\"test\",\"version\":1,"
        "\"issued\":\"2026-03-01T00:00:00Z\",\"expires\":\"2027-03-01T00:00:00Z\","
        "\"root\":{\"threshold\":1,\"keys\":[{\"algorithm\":\"SM2-SM3\",\"spki\":\"MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0D"
        "QgAEN7D9FbS3Swd8hhFezbHm3kj973/bc6CdnovcA0X36y0ylUrJ+8ZRWfZ8CmL8e3RcHiIuz3vegv5oCZchN4U0zA==\"}]},"
        "\"list\":{\"threshold\":1,\"keys\":[{\"algorithm\":\"SM2-SM3\",\"spki\":\"MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0D"
        "QgAEN7D9FbS3Swd8hhFezbHm3kj973/bc6CdnovcA0X36y0ylUrJ+8ZRWfZ8CmL8e3RcHiIuz3vegv5oCZchN4U0zA==\"}]}}";
    yinxin_key *keeper = key_of(8);
    yinxin_bytes *root = NULL, *none = NULL;
    yinxin_trust_state *state = NULL;
    OK(yinxin_trust_document_make(YINXIN_TRUST_DOCUMENT_KIND_ROOT, payload, keeper, &root, NULL));
    OK(yinxin_trust_state_pin(DATA(root), YINXIN_ENVIRONMENT_TEST, ISSUED, &state, NULL));
    CHECK(strcmp(yinxin_trust_state_name(state), "示范") == 0);
    FAILS(YINXIN_STATUS_MALFORMED,
          yinxin_trust_document_make(YINXIN_TRUST_DOCUMENT_KIND_LIST, payload, keeper, &none, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_trust_document_make(7, payload, keeper, &none, &error));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_trust_document_sign(rubbish, sizeof rubbish, keeper, &none, &error));
    CHECK(!none);
    yinxin_trust_state_free(state);
    yinxin_bytes_free(root);
    yinxin_key_free(keeper);
}

/* A seal that its register has revoked. */
static void learns_of_revoked_seals(const struct world *world, const yinxin_bytes *license) {
    const char *list =
        "{\"revocationList\":[{\"sealCode\":\"34990000000001\",\"invalidEffectTime\":\"2026-02-01T00:00:00Z\"}]}";
    yinxin_verifier_builder *builder = NULL;
    yinxin_verifier *verifier = NULL;
    yinxin_report *report = NULL;
    size_t len = 0;
    int64_t as_of = SIGNED;
    const uint8_t *root = yinxin_certificate_der(world->root, &len);
    OK(yinxin_verifier_builder_new("basic", &builder, NULL));
    OK(yinxin_verifier_builder_add_anchors(builder, YINXIN_ANCHOR_ROLE_SIGNER, root, len, NULL));
    OK(yinxin_verifier_builder_add_anchors(builder, YINXIN_ANCHOR_ROLE_MAKER, root, len, NULL));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_verifier_builder_add_seal_revocations(builder, (const uint8_t *)list,
                                                                                strlen(list), NULL, &error));
    OK(yinxin_verifier_builder_add_seal_revocations(builder, (const uint8_t *)list, strlen(list), &as_of, NULL));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_verifier_builder_add_status_list(builder, rubbish, 3, &error));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_verifier_builder_add_status_references(builder, rubbish, 3, &error));
    FAILS(YINXIN_STATUS_INVALID_ARGUMENT, yinxin_verifier_builder_set_freshness_limits(builder, -1, 30, &error));
    OK(yinxin_verifier_builder_build(builder, &verifier, NULL));
    OK(yinxin_verifier_verify(verifier, DATA(license), SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_FAILED);
    CHECK(strcmp(yinxin_report_get(report, "/headline", NULL), "seal.status") == 0);
    yinxin_report_free(report);
    yinxin_verifier_free(verifier);
    yinxin_verifier_builder_free(builder);
}

/* A PDF signed without a seal, in a picture, with all that it can say; then made to last. */
static void signs_a_pdf(const struct world *world, const char *metadata) {
    yinxin_draft *draft = NULL;
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL;
    yinxin_bytes *document = NULL, *made = NULL, *none = NULL, *longer = NULL, *question = NULL, *stored = NULL;
    yinxin_verifier *verifier = verifier_of(world, "basic");
    yinxin_report *report = NULL;
    yinxin_evidence *evidence = NULL;
    yinxin_augmentation *augmentation = NULL;
    yinxin_document_stamp *stamp = NULL, *resumed = NULL;
    yinxin_certificate *concerned = NULL;
    yinxin_bytes *crl = crl_of(world, NULL);
    size_t picture_len = 0, root_len = 0, i, seen = 0;
    const uint8_t *picture = yinxin_seal_picture(world->seal, &picture_len);
    const uint8_t *root = yinxin_certificate_der(world->root, &root_len);

    OK(yinxin_draft_new(metadata, NULL, SIGNED, &draft, NULL));
    OK(yinxin_draft_document(draft, YINXIN_FORMAT_PDF, &document, NULL));
    OK(yinxin_request_sign(world->signer, SIGNED, &request, NULL));
    OK(yinxin_request_set_pdf_text(request, YINXIN_PDF_TEXT_FIELD, "Approval", NULL));
    OK(yinxin_request_set_pdf_text(request, YINXIN_PDF_TEXT_NAME, "A clerk", NULL));
    OK(yinxin_request_set_pdf_text(request, YINXIN_PDF_TEXT_REASON, "Approved", NULL));
    OK(yinxin_request_set_pdf_text(request, YINXIN_PDF_TEXT_LOCATION, "Window 3", NULL));
    OK(yinxin_request_set_pdf_text(request, YINXIN_PDF_TEXT_CONTACT, "nobody", NULL));
    OK(yinxin_request_use_cms(request, NULL));
    OK(yinxin_request_set_pdf_format(request, YINXIN_PDF_FORMAT_PADES, NULL));
    OK(yinxin_request_certify(request, YINXIN_PDF_PERMISSION_FILL_AND_SIGN, NULL));
    OK(yinxin_request_lock_field(request, YINXIN_FIELD_LOCK_ONLY, "Total", NULL));
    OK(yinxin_request_lock_field(request, YINXIN_FIELD_LOCK_ONLY, "Date", NULL));
    OK(yinxin_request_add_certificate(request, world->root, NULL));
    OK(yinxin_request_show(request, 40000, 20000, picture, picture_len, NULL, NULL, 0, NULL));
    OK(yinxin_request_at(request, 0, 100000, 100000, NULL));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_request_set_pdf_text(request, 7, "x", &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_request_set_pdf_format(request, 3, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_request_certify(request, 0, &error));
    FAILS(YINXIN_STATUS_INVALID_ENUM, yinxin_request_lock_field(request, 3, "x", &error));
    FAILS(YINXIN_STATUS_NULL_POINTER, yinxin_request_lock_field(request, YINXIN_FIELD_LOCK_ALL_BUT, NULL, &error));
    FAILS(YINXIN_STATUS_NULL_POINTER, yinxin_request_show(request, 1, 1, NULL, 0, "words", NULL, 9, &error));
    OK(yinxin_request_prepare(request, DATA(document), &pending, NULL));
    OK(yinxin_pending_sign(pending, world->signer_key, &made, NULL));
    CHECK(holds(made, "/Approval") || holds(made, "(Approval)"));
    CHECK(holds(made, "(Approved)") && holds(made, "(Window 3)") && holds(made, "ETSI.CAdES.detached"));
    CHECK(holds(made, "/DocMDP") && holds(made, "(Total)") && holds(made, "(Date)"));
    OK(yinxin_verifier_verify(verifier, DATA(made), SIGNED, &report, NULL));
    CHECK(yinxin_report_outcome(report) == YINXIN_OUTCOME_PASSED);
    yinxin_report_free(report);

    OK(yinxin_evidence_new(&evidence, NULL));
    OK(yinxin_evidence_add_certificates(evidence, root, root_len, NULL));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_evidence_add_ocsp(evidence, rubbish, sizeof rubbish, &error));
    OK(yinxin_augmentation_prepare(DATA(made), evidence, &augmentation, NULL));
    /* No time stamp, and no revocation list on the signer. */
    CHECK(yinxin_augmentation_missing_count(augmentation) == 2);
    for (i = 0; i < 2; i++) {
        const char *what = yinxin_augmentation_missing_what(augmentation, i);
        CHECK(strcmp(yinxin_augmentation_missing_field(augmentation, i), "Approval") == 0);
        if (strcmp(what, "revocation") == 0) {
            OK(yinxin_augmentation_missing_certificate(augmentation, i, &concerned, NULL));
            CHECK(strcmp(yinxin_certificate_sha256(concerned), yinxin_certificate_sha256(world->signer)) == 0);
            yinxin_certificate_free(concerned);
            seen |= 1;
        } else {
            CHECK(strcmp(what, "time_stamp") == 0);
            FAILS(YINXIN_STATUS_MISSING,
                  yinxin_augmentation_missing_certificate(augmentation, i, &concerned, &error));
            seen |= 2;
        }
    }
    CHECK(seen == 3 && yinxin_augmentation_missing_what(augmentation, 2) == NULL);
    FAILS(YINXIN_STATUS_MISSING, yinxin_augmentation_finish(augmentation, 0, SIGNED, &none, &error));
    yinxin_augmentation_free(augmentation);
    OK(yinxin_evidence_add_crls(evidence, DATA(crl), NULL));
    OK(yinxin_augmentation_prepare(DATA(made), evidence, &augmentation, NULL));
    CHECK(yinxin_augmentation_missing_count(augmentation) == 1);
    OK(yinxin_augmentation_finish(augmentation, 1, SIGNED, &longer, NULL));
    CHECK(yinxin_bytes_len(longer) > yinxin_bytes_len(made) && holds(longer, "/DSS"));

    OK(yinxin_document_stamp_prepare(DATA(longer), rubbish, sizeof rubbish, &stamp, NULL));
    OK(yinxin_document_stamp_to_bytes(stamp, &stored, NULL));
    FAILS(YINXIN_STATUS_PENDING_MISMATCH,
          yinxin_document_stamp_from_bytes(DATA(stored), DATA(made), &resumed, &error));
    OK(yinxin_document_stamp_from_bytes(DATA(stored), DATA(longer), &resumed, NULL));
    OK(yinxin_document_stamp_request(resumed, &question, NULL));
    CHECK(yinxin_bytes_len(question) > 40);
    FAILS(YINXIN_STATUS_MALFORMED,
          yinxin_document_stamp_complete(resumed, rubbish, sizeof rubbish, NULL, &none, &error));
    CHECK(!none);

    yinxin_bytes_free(question);
    yinxin_bytes_free(stored);
    yinxin_document_stamp_free(resumed);
    yinxin_document_stamp_free(stamp);
    yinxin_bytes_free(longer);
    yinxin_augmentation_free(augmentation);
    yinxin_evidence_free(evidence);
    yinxin_bytes_free(crl);
    yinxin_verifier_free(verifier);
    yinxin_bytes_free(made);
    yinxin_pending_free(pending);
    yinxin_request_free(request);
    yinxin_bytes_free(document);
    yinxin_draft_free(draft);
}

/* A seal of 2025 asks for its time stamp; what is no answer is refused. */
static void stamps_seals(const struct world *world) {
    yinxin_seal_spec *spec = spec_of(world);
    yinxin_seal *seal = NULL, *none = NULL;
    yinxin_bytes *question = NULL;
    OK(yinxin_seal_spec_set_layout(spec, YINXIN_LAYOUT_GMT0031_2025, NULL));
    OK(yinxin_seal_spec_make(spec, world->maker, world->maker_key, &seal, NULL));
    OK(yinxin_seal_time_stamp_request(seal, rubbish, sizeof rubbish, &question, NULL));
    FAILS(YINXIN_STATUS_MALFORMED, yinxin_seal_add_time_stamp(seal, DATA(question), rubbish, sizeof rubbish, NULL,
                                                              &none, &error));
    CHECK(!none);
    yinxin_bytes_free(question);
    yinxin_seal_free(seal);
    yinxin_seal_spec_free(spec);
}

int main(int count, char **arguments) {
    struct world world;
    char *metadata;
    yinxin_bytes *license;
    CHECK(count == 3);
    metadata = read_file(arguments[1], NULL);
    world_new(&world);
    license = license_of(&world, metadata, YINXIN_FORMAT_OFD);
    checks_codes();
    encrypts(&world, license);
    lists_files(&world, license);
    judges_paths(&world);
    makes_trust_documents();
    opens_packs(&world, arguments[2]);
    learns_of_revoked_seals(&world, license);
    signs_a_pdf(&world, metadata);
    stamps_seals(&world);
    yinxin_bytes_free(license);
    world_free(&world);
    free(metadata);
    printf("further: done\n");
    return 0;
}
