// The C++ header: owners that move, exceptions, and the same report as C gives.
#include <yinxin.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <type_traits>

#define CHECK(condition)                                                                  \
    do {                                                                                  \
        if (!(condition)) {                                                               \
            std::cerr << __FILE__ << ":" << __LINE__ << ": not so: " #condition "\n";     \
            std::exit(1);                                                                 \
        }                                                                                 \
    } while (0)

static_assert(!std::is_copy_constructible<yinxin::Report>::value, "a report has one owner");
static_assert(std::is_nothrow_move_constructible<yinxin::Report>::value, "a report moves");
static_assert(!std::is_convertible<yinxin::Report, bool>::value, "a report is no bool");

template <typename Call>
void fails(yinxin_status wanted, Call call) {
    try {
        call();
    } catch (const yinxin::Error &error) {
        CHECK(error.status() == wanted);
        CHECK(!error.name().empty() && error.what()[0] != 0);
        return;
    }
    CHECK(!"an exception");
}

int main(int, char **arguments) {
    std::ifstream file(arguments[1]);
    const std::string metadata((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const yinxin::Bytes rubbish = {1, 2, 3};

    yinxin::Key key = yinxin::Key::generate(YINXIN_KEY_KIND_SM2);
    const yinxin::Key moved = std::move(key);
    CHECK(!moved.sign(rubbish).empty());
    // An owner that was moved from holds NULL, which is a status and no crash.
    fails(YINXIN_STATUS_NULL_POINTER, [&] { key.sign(rubbish); });
    fails(YINXIN_STATUS_MISSING, [&] { yinxin::Certificate::parse(rubbish); });
    fails(YINXIN_STATUS_MALFORMED, [&] { yinxin::Seal::parse(rubbish); });
    fails(YINXIN_STATUS_INVALID_ARGUMENT, [] { yinxin::Verifier::Builder("lenient"); });

    const yinxin::Verifier verifier = yinxin::Verifier::Builder("basic").build();
    const yinxin::Draft draft(metadata, "standard-landscape", yinxin::time("2026-03-02T01:00:00Z"));
    draft.check_catalog();
    const yinxin::Report report =
        verifier.verify(draft.document(YINXIN_FORMAT_OFD), yinxin::time("2026-03-03T00:00:00Z"));
    CHECK(report.outcome() == YINXIN_OUTCOME_FAILED);
    CHECK(report.get("/headline") == "document.signed");
    CHECK(report.json().find("\"outcome\":\"failed\"") != std::string::npos);
    CHECK(!yinxin::explain(YINXIN_TEXT_KIND_CHECK, report.get("/headline"), YINXIN_LANGUAGE_EN).empty());
    std::cout << "raii: done\n";
    return 0;
}
