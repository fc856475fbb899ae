/* Prints the report of every vector in a folder that YINXIN_VECTORS made, a line each. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yinxin.h>

#define FIELDS 9

static const char *folder;

static void die(const char *what, const char *name)
{
    fprintf(stderr, "%s: %s\n", what, name);
    exit(1);
}

static void check(yinxin_status status, yinxin_error *error, const char *name)
{
    if (status != YINXIN_STATUS_OK)
        die(error ? yinxin_error_message(error) : "refused", name);
}

struct content {
    uint8_t *data;
    size_t len;
};

static struct content read_file(const char *name)
{
    struct content content = {NULL, 0};
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    FILE *file;
    long size;

    if (!path)
        die("no memory", name);
    snprintf(path, room, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0)
        die("cannot read", path);
    rewind(file);
    content.len = (size_t)size;
    content.data = malloc(content.len + 1);
    if (!content.data || fread(content.data, 1, content.len, file) != content.len)
        die("cannot read", path);
    fclose(file);
    free(path);
    return content;
}

typedef yinxin_status (*adder)(yinxin_verifier_builder *, const uint8_t *, size_t,
                               yinxin_error **);

static void add_each(yinxin_verifier_builder *builder, char *names, int32_t role, adder add)
{
    char *name;

    if (strcmp(names, "-") == 0)
        return;
    for (name = strtok(names, ","); name; name = strtok(NULL, ",")) {
        struct content content = read_file(name);
        yinxin_error *error = NULL;

        if (add)
            check(add(builder, content.data, content.len, &error), error, name);
        else
            check(yinxin_verifier_builder_add_anchors(builder, role, content.data, content.len,
                                                      &error),
                  error, name);
        free(content.data);
    }
}

static void replay(char *fields[FIELDS])
{
    yinxin_verifier_builder *builder = NULL;
    yinxin_verifier *verifier = NULL;
    yinxin_report *report = NULL;
    yinxin_error *error = NULL;
    struct content document = read_file(fields[0]);
    int64_t at = 0;

    check(yinxin_verifier_builder_new(fields[2], &builder, &error), error, fields[0]);
    check(yinxin_time_parse(fields[3], &at, &error), error, fields[0]);
    add_each(builder, fields[4], YINXIN_ANCHOR_ROLE_SIGNER, NULL);
    add_each(builder, fields[5], YINXIN_ANCHOR_ROLE_MAKER, NULL);
    add_each(builder, fields[6], YINXIN_ANCHOR_ROLE_TSA, NULL);
    add_each(builder, fields[7], 0, yinxin_verifier_builder_add_signer_certificates);
    add_each(builder, fields[8], 0, yinxin_verifier_builder_add_crls);
    check(yinxin_verifier_builder_build(builder, &verifier, &error), error, fields[0]);
    if (strcmp(fields[1], "-") == 0) {
        check(yinxin_verifier_verify(verifier, document.data, document.len, at, &report, &error),
              error, fields[0]);
    } else {
        struct content content = read_file(fields[1]);

        check(yinxin_verifier_verify_detached(verifier, document.data, document.len, content.data,
                                              content.len, at, &report, &error),
              error, fields[0]);
        free(content.data);
    }
    puts(yinxin_report_json(report, NULL));
    yinxin_report_free(report);
    yinxin_verifier_free(verifier);
    yinxin_verifier_builder_free(builder);
    free(document.data);
}

int main(int argc, char **argv)
{
    struct content rows;
    char *line, *next;

    if (argc != 2)
        die("usage", "replay FOLDER");
    folder = argv[1];
    rows = read_file("replay.tsv");
    rows.data[rows.len] = '\0';
    for (line = (char *)rows.data; *line; line = next) {
        char *fields[FIELDS], *field = line;
        int count;

        next = strchr(line, '\n');
        if (!next)
            die("no end of line", "replay.tsv");
        *next++ = '\0';
        for (count = 0; count < FIELDS && field; count++) {
            fields[count] = field;
            field = strchr(field, '\t');
            if (field)
                *field++ = '\0';
        }
        if (count != FIELDS)
            die("too few fields", "replay.tsv");
        replay(fields);
    }
    free(rows.data);
    return 0;
}
