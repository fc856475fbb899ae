/* A license is handed in, and then one that someone added a byte to: verify METADATA */
#include "made.h"

static void tell(const yinxin_report *report) {
    size_t i;
    verdict(report);
    printf(" under %s %s\n", fact(report, "/policy/name"), fact(report, "/policy/version"));
    printf("authentic: %s\n", fact(report, "/axes/authentic"));
    printf("trusted: %s\n", fact(report, "/axes/trusted"));
    printf("in force: %s\n", fact(report, "/axes/in_force"));
    for (i = 0; i < yinxin_report_count(report, "/signatures"); i++) {
        char name[64], time[64], source[64];
        snprintf(name, sizeof name, "/signatures/%lu/seal/name", (unsigned long)i);
        snprintf(time, sizeof time, "/signatures/%lu/signed_at", (unsigned long)i);
        snprintf(source, sizeof source, "/signatures/%lu/time_source", (unsigned long)i);
        printf("seal: %s, used %s (%s)\n", fact(report, name), fact(report, time), fact(report, source));
    }
    printf("license: %s %s\n", fact(report, "/license/name"), fact(report, "/license/identifier"));
}

int main(int count, char **arguments) {
    struct made made;
    yinxin_report *report;
    yinxin_bytes *license;
    uint8_t *longer;
    char *metadata;
    size_t len;
    if (count != 2) {
        fprintf(stderr, "usage: %s METADATA\n", arguments[0]);
        return 2;
    }
    metadata = text_of(arguments[1]);
    make(&made);
    license = license_of(&made, metadata, YINXIN_FORMAT_OFD);
    len = yinxin_bytes_len(license);

    report = report_on(&made, "basic", yinxin_bytes_data(license), len);
    tell(report);
    yinxin_report_free(report);

    longer = malloc(len + 1);
    if (longer == NULL) {
        return 1;
    }
    memcpy(longer, yinxin_bytes_data(license), len);
    longer[len] = 'x';
    report = report_on(&made, "basic", longer, len + 1);
    printf("with a byte more: ");
    verdict(report);
    printf("\n");
    yinxin_report_free(report);
    free(longer);

    /* A clerk's policy also asks what nobody has told us here. */
    report = report_on(&made, "window", yinxin_bytes_data(license), len);
    printf("under %s: ", fact(report, "/policy/name"));
    verdict(report);
    printf("\n");
    yinxin_report_free(report);

    yinxin_bytes_free(license);
    unmake(&made);
    free(metadata);
    return 0;
}
