/*
 * A license is issued over night: what is to be signed leaves the house, the value comes back:
 * issue METADATA
 */
#include "made.h"

static void issue(const struct made *made, const yinxin_draft *draft, int32_t format, const char *name) {
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL, *resumed = NULL;
    yinxin_bytes *stored = NULL, *digest = NULL, *algorithm = NULL, *value = NULL, *other = NULL, *license = NULL;
    yinxin_error *refused = NULL;
    yinxin_key *stranger = key_of(4);
    yinxin_report *report;
    const uint8_t *message;
    size_t len = 0;
    MUST(yinxin_request_affix(made->seal, made->signer, time_of("2026-03-02T01:00:00Z"), &request, &error));
    MUST(yinxin_draft_prepare(draft, format, request, &pending, &error));
    MUST(yinxin_pending_to_bytes(pending, &stored, &error));
    MUST(yinxin_pending_algorithm(pending, &algorithm, &error));
    MUST(yinxin_pending_digest(pending, &digest, &error));
    printf("%s: sign with %s, digest of %lu bytes\n", name, yinxin_bytes_text(algorithm),
           (unsigned long)yinxin_bytes_len(digest));

    /* Wherever the key is. */
    message = yinxin_pending_message(pending, &len);
    MUST(yinxin_key_sign(made->signer_key, message, len, &value, &error));

    MUST(yinxin_draft_resume(draft, format, yinxin_bytes_data(stored), yinxin_bytes_len(stored), &resumed, &error));
    MUST(yinxin_key_sign(stranger, message, len, &other, &error));
    if (yinxin_pending_complete(resumed, yinxin_bytes_data(other), yinxin_bytes_len(other), &license, &refused) !=
        YINXIN_STATUS_OK) {
        printf("%s: another key's value: %s\n", name, yinxin_error_name(refused));
    }
    MUST(yinxin_pending_complete(resumed, yinxin_bytes_data(value), yinxin_bytes_len(value), &license, &error));
    report = report_on(made, "basic", yinxin_bytes_data(license), yinxin_bytes_len(license));
    printf("%s: %s ", name, fact(report, "/license/identifier"));
    verdict(report);
    printf("\n");

    yinxin_report_free(report);
    yinxin_error_free(refused);
    yinxin_key_free(stranger);
    yinxin_bytes_free(license);
    yinxin_bytes_free(other);
    yinxin_bytes_free(value);
    yinxin_bytes_free(algorithm);
    yinxin_bytes_free(digest);
    yinxin_bytes_free(stored);
    yinxin_pending_free(resumed);
    yinxin_pending_free(pending);
    yinxin_request_free(request);
}

int main(int count, char **arguments) {
    struct made made;
    yinxin_draft *draft = NULL;
    char *metadata;
    if (count != 2) {
        fprintf(stderr, "usage: %s METADATA\n", arguments[0]);
        return 2;
    }
    metadata = text_of(arguments[1]);
    make(&made);
    MUST(yinxin_draft_new(metadata, "standard-landscape", time_of("2026-03-02T01:00:00Z"), &draft, &error));
    issue(&made, draft, YINXIN_FORMAT_OFD, "ofd");
    issue(&made, draft, YINXIN_FORMAT_PDF, "pdf");
    yinxin_draft_free(draft);
    unmake(&made);
    free(metadata);
    return 0;
}
