/*
 * A seal is put on a document in two phases, with the key in a device that gives r and s side by side:
 * affix METADATA
 */
#include "made.h"

/* A number of a DER signature, in 32 bytes; gives the byte after it. */
static const uint8_t *number(const uint8_t *der, uint8_t *out) {
    size_t len = der[1];
    const uint8_t *digits = der + 2, *after = digits + len;
    if (len == 33) {
        digits++;
        len--;
    }
    memset(out, 0, 32);
    memcpy(out + 32 - len, digits, len);
    return after;
}

/* Signs as hardware does, without DER. */
static void device(const yinxin_key *key, const uint8_t *message, size_t len, uint8_t raw[64]) {
    yinxin_bytes *der = NULL;
    MUST(yinxin_key_sign(key, message, len, &der, &error));
    number(number(yinxin_bytes_data(der) + 2, raw), raw + 32);
    yinxin_bytes_free(der);
}

static void affix(const struct made *made, const yinxin_draft *draft, int32_t format, const char *name) {
    yinxin_request *request = NULL;
    yinxin_pending *pending = NULL;
    yinxin_bytes *document = NULL, *stored = NULL, *sealed = NULL;
    yinxin_error *refused = NULL;
    yinxin_report *report;
    uint8_t raw[64], *other;
    const uint8_t *message;
    size_t len = 0, document_len;
    MUST(yinxin_draft_document(draft, format, &document, &error));
    document_len = yinxin_bytes_len(document);
    MUST(yinxin_request_affix(made->seal, made->signer, time_of("2026-03-02T01:00:00Z"), &request, &error));
    MUST(yinxin_request_at(request, 0, 150000, 240000, &error));
    MUST(yinxin_request_prepare(request, yinxin_bytes_data(document), document_len, &pending, &error));
    /* What is stored holds neither key nor document. */
    MUST(yinxin_pending_to_bytes(pending, &stored, &error));
    yinxin_pending_free(pending);
    pending = NULL;

    other = malloc(document_len + 1);
    if (other == NULL) {
        exit(1);
    }
    memcpy(other, yinxin_bytes_data(document), document_len);
    other[document_len] = '\n';
    if (yinxin_pending_from_bytes(yinxin_bytes_data(stored), yinxin_bytes_len(stored), other, document_len + 1, &pending,
                                  &refused) != YINXIN_STATUS_OK) {
        printf("%s: another document: %s\n", name, yinxin_error_name(refused));
    }
    free(other);

    MUST(yinxin_pending_from_bytes(yinxin_bytes_data(stored), yinxin_bytes_len(stored), yinxin_bytes_data(document),
                                   document_len, &pending, &error));
    message = yinxin_pending_message(pending, &len);
    device(made->signer_key, message, len, raw);
    MUST(yinxin_pending_complete(pending, raw, sizeof raw, &sealed, &error));
    report = report_on(made, "basic", yinxin_bytes_data(sealed), yinxin_bytes_len(sealed));
    printf("%s: sealed, seals: %lu, ", name, (unsigned long)yinxin_report_count(report, "/signatures"));
    verdict(report);
    printf("\n");

    yinxin_report_free(report);
    yinxin_error_free(refused);
    yinxin_bytes_free(sealed);
    yinxin_pending_free(pending);
    yinxin_bytes_free(stored);
    yinxin_request_free(request);
    yinxin_bytes_free(document);
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
    MUST(yinxin_draft_new(metadata, "standard-portrait", time_of("2026-03-02T01:00:00Z"), &draft, &error));
    affix(&made, draft, YINXIN_FORMAT_OFD, "ofd");
    affix(&made, draft, YINXIN_FORMAT_PDF, "pdf");
    yinxin_draft_free(draft);
    unmake(&made);
    free(metadata);
    return 0;
}
