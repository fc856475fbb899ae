/*
 * Two provinces on one trust list: each vouches for its own licenses, and for no others':
 * trust examples/data/provinces
 */
#include "made.h"

static uint8_t *read_file(const char *folder, const char *name, size_t *len) {
    char path[1024];
    FILE *file;
    uint8_t *bytes;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    bytes = malloc(1 << 20);
    if (file == NULL || bytes == NULL) {
        perror(path);
        exit(1);
    }
    *len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

/* The state with a list from a file in force; the caller frees it. NULL when the list is refused. */
static yinxin_trust_state *install(const yinxin_trust_state *state, const char *folder, const char *name,
                                   yinxin_error **error) {
    yinxin_trust_state *next = NULL;
    size_t len = 0;
    uint8_t *list = read_file(folder, name, &len);
    (void)!yinxin_trust_state_install(state, list, len, time_of("2026-03-01T00:00:00Z"), &next, error);
    free(list);
    return next;
}

/* What the list makes of a license. */
static void tell(const char *words, const yinxin_verifier *verifier, const char *folder, const char *name,
                 int64_t at) {
    static const char *const wanted[] = {"authority.maker", "authority.issuer", "authority.scope"};
    yinxin_report *report = NULL;
    size_t len = 0, i, j;
    uint8_t *license = read_file(folder, name, &len);
    MUST(yinxin_verifier_verify(verifier, license, len, at, &report, &error));
    printf("%s: the list is %s\n", words, fact(report, "/trust/freshness"));
    for (i = 0; i < 3; i++) {
        for (j = 0; j < yinxin_report_count(report, "/checks"); j++) {
            char code[64], outcome[64];
            snprintf(code, sizeof code, "/checks/%lu/code", (unsigned long)j);
            snprintf(outcome, sizeof outcome, "/checks/%lu/outcome", (unsigned long)j);
            if (strcmp(fact(report, code), wanted[i]) == 0) {
                printf("  %s: %s\n", wanted[i], fact(report, outcome));
                break;
            }
        }
    }
    yinxin_report_free(report);
    free(license);
}

int main(int count, char **arguments) {
    yinxin_trust_state *pinned = NULL, *first, *second, *kept = NULL, *older;
    yinxin_verifier_builder *builder = NULL;
    yinxin_verifier *verifier = NULL;
    yinxin_bytes *stored = NULL;
    yinxin_error *refused = NULL;
    const char *folder = count == 2 ? arguments[1] : ".";
    const int64_t issued = time_of("2026-03-01T00:00:00Z"), judged = time_of("2026-03-04T00:00:00Z");
    size_t len = 0;
    uint8_t *root = read_file(folder, "root.json", &len);

    MUST(yinxin_trust_state_pin(root, len, YINXIN_ENVIRONMENT_TEST, issued, &pinned, &error));
    free(root);
    first = install(pinned, folder, "list-1.json", NULL);
    second = install(first, folder, "list-2.json", NULL);
    /* Kept between runs, so that nobody can slip in an older list. */
    MUST(yinxin_trust_state_to_bytes(second, &stored, &error));
    MUST(yinxin_trust_state_from_bytes(yinxin_bytes_data(stored), yinxin_bytes_len(stored), &kept, &error));
    printf("list %ld of %s: %s\n", (long)yinxin_trust_state_list_version(kept), yinxin_trust_state_name(kept),
           yinxin_trust_state_freshness(kept, judged));
    older = install(kept, folder, "list-1.json", &refused);
    printf("an older list: %s\n", older == NULL ? yinxin_error_name(refused) : "taken");

    MUST(yinxin_verifier_builder_new("window", &builder, &error));
    MUST(yinxin_verifier_builder_set_trust(builder, kept, &error));
    MUST(yinxin_verifier_builder_build(builder, &verifier, &error));
    tell("sealed in its own province", verifier, folder, "own.ofd", judged);
    tell("sealed in another province", verifier, folder, "other.ofd", judged);
    tell("forty days later", verifier, folder, "own.ofd", judged + 40 * 86400);

    yinxin_verifier_free(verifier);
    yinxin_verifier_builder_free(builder);
    yinxin_error_free(refused);
    yinxin_bytes_free(stored);
    yinxin_trust_state_free(older);
    yinxin_trust_state_free(kept);
    yinxin_trust_state_free(second);
    yinxin_trust_state_free(first);
    yinxin_trust_state_free(pinned);
    return 0;
}
