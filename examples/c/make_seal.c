/* A seal is made for a signer, with the maker's key elsewhere. */
#include "made.h"

#include <time.h>

/* As reports write it. */
static void print_time(int64_t seconds) {
    const time_t time = (time_t)seconds;
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&time));
    printf("%s", text);
}

int main(void) {
    struct made made;
    yinxin_seal_spec *spec = NULL;
    yinxin_pending *pending = NULL;
    yinxin_bytes *algorithm = NULL, *value = NULL, *der = NULL;
    yinxin_seal *seal = NULL;
    yinxin_report *report;
    const uint8_t *message;
    const int64_t created = time_of("2026-01-02T00:00:00Z");
    size_t len = 0;
    make(&made);
    MUST(yinxin_seal_spec_new("34990000000002", "某某市示范企业有限公司", created, created,
                              time_of("2031-01-02T00:00:00Z"), &spec, &error));
    MUST(yinxin_seal_spec_add_signer(spec, made.signer, &error));
    /* Border and star alone: a font is yours to give. */
    MUST(yinxin_seal_spec_draw_round(spec, "", NULL, NULL, 0, 600, &error));
    MUST(yinxin_seal_spec_prepare(spec, made.maker, &pending, &error));
    MUST(yinxin_pending_algorithm(pending, &algorithm, &error));
    printf("sign with %s\n", yinxin_bytes_text(algorithm));

    /* The maker's key, wherever it is. */
    message = yinxin_pending_message(pending, &len);
    MUST(yinxin_key_sign(made.maker_key, message, len, &value, &error));

    MUST(yinxin_pending_complete(pending, yinxin_bytes_data(value), yinxin_bytes_len(value), &der, &error));
    MUST(yinxin_seal_parse(yinxin_bytes_data(der), yinxin_bytes_len(der), &seal, &error));
    printf("%s %s (%s)\n", yinxin_seal_id(seal), yinxin_seal_name(seal), yinxin_seal_standard(seal));
    printf("%s of %ld by %ld mm\n", yinxin_seal_picture_type(seal), (long)yinxin_seal_picture_width_mm(seal),
           (long)yinxin_seal_picture_height_mm(seal));
    print_time(yinxin_seal_valid_from(seal));
    printf(" to ");
    print_time(yinxin_seal_valid_until(seal));
    printf("\n");
    report = report_on(&made, "basic", yinxin_bytes_data(der), yinxin_bytes_len(der));
    verdict(report);
    printf("\n");

    yinxin_report_free(report);
    yinxin_seal_free(seal);
    yinxin_bytes_free(der);
    yinxin_bytes_free(value);
    yinxin_bytes_free(algorithm);
    yinxin_pending_free(pending);
    yinxin_seal_spec_free(spec);
    unmake(&made);
    return 0;
}
