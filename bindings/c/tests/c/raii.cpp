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

yinxin::Bytes bytes(const std::string &text) { return yinxin::Bytes(text.begin(), text.end()); }

bool holds(const yinxin::Bytes &document, const std::string &wanted) {
    return std::string(document.begin(), document.end()).find(wanted) != std::string::npos;
}

// What stands behind a window and beside a license; further.c goes through all of it.
void further(const yinxin::Bytes &ofd, const yinxin::Bytes &pdf) {
    const std::int64_t from = yinxin::time("2026-01-01T00:00:00Z"), at = yinxin::time("2026-03-02T01:00:00Z");
    const std::int64_t until = yinxin::time("2036-01-01T00:00:00Z");
    const yinxin::Key root_key = yinxin::Key::from_sm2_scalar(yinxin::Bytes(32, 1));
    const yinxin::Key key = yinxin::Key::from_sm2_scalar(yinxin::Bytes(32, 3));
    const yinxin::Certificate root = yinxin::CertificateSpec("示范根", {1}, from, until).root(root_key);
    const yinxin::Certificate signer = yinxin::CertificateSpec("示范", {3}, from, until).signer(key, root, root_key);
    const yinxin::Bytes crl = yinxin::CrlBuilder(1, at, until).revoke(signer, at).sign(root, root_key);

    CHECK(yinxin::Key::parse(bytes(key.pem("pass")), "pass").public_key() == key.public_key());
    CHECK(yinxin::check_code(YINXIN_CODE_KIND_USCC, "91350100M000100Y43") == YINXIN_OUTCOME_PASSED);
    const std::string id = yinxin::make_license_id("11100000MB0143028R001", "91350100M000100Y43", "7", 1);
    CHECK(yinxin::license_id_part(id, YINXIN_ID_PART_SERIAL) == "7");
    CHECK(yinxin::policy("basic", true).find("strict") != std::string::npos);

    yinxin::PathRequest question(signer);
    CHECK(question.anchors(root.der()).judge(at).find("\"outcome\":\"passed\"") != std::string::npos);
    question.crls(crl).revocation(YINXIN_REVOCATION_MODE_REQUIRED).max_depth(4).policy_rules(false, true, true);
    CHECK(question.judge(at).find("\"revoked\"") != std::string::npos);

    const yinxin::Bytes locked = yinxin::Encryptor(at).certificate("某人", signer).encrypt(ofd);
    CHECK(key.decrypt(locked).size() > 100);
    CHECK(yinxin::decrypt(yinxin::Encryptor(at).password("某人", "口令").encrypt(ofd), "口令")[0] == 'P');
    const yinxin::Pending list = yinxin::Pending::integrity(ofd, signer, at);
    CHECK(yinxin::Pending::integrity_from_bytes(list.to_bytes(), ofd).sign(key) == list.sign(key));

    yinxin::Request request = yinxin::Request::sign(signer, at);
    request.use_cms().pdf_text(YINXIN_PDF_TEXT_REASON, "Approved").pdf_format(YINXIN_PDF_FORMAT_PADES);
    request.certify(YINXIN_PDF_PERMISSION_COMMENT).lock_field(YINXIN_FIELD_LOCK_ALL_BUT, "Date").certificate(root);
    const yinxin::Bytes made = request.without_time_stamp().prepare(pdf).sign(key);
    CHECK(holds(made, "(Approved)") && holds(made, "/DocMDP") && holds(made, "(Date)"));
    yinxin::Evidence evidence;
    const yinxin::Augmentation augmentation(made, evidence.certificates(root.der()));
    CHECK(augmentation.missing_count() == 2 && !augmentation.missing_field(0).empty());
    CHECK(augmentation.missing_what(2).empty());
    fails(YINXIN_STATUS_MISSING, [&] { augmentation.finish(at); });
    const yinxin::Bytes longer = augmentation.finish(at, true);
    const yinxin::DocumentStamp stamp(longer, {1, 2, 3});
    CHECK(yinxin::DocumentStamp::from_bytes(stamp.to_bytes(), longer).request() == stamp.request());
    fails(YINXIN_STATUS_MALFORMED, [&] { stamp.complete({1}); });
    CHECK(!yinxin::make_status_list("https://status.example.invalid/1", at, 60, 1, {0, 1}, key).empty());
    fails(YINXIN_STATUS_MALFORMED, [&] { yinxin::Verifier::Builder().status_list({1}); });
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
    further(draft.document(YINXIN_FORMAT_OFD), draft.document(YINXIN_FORMAT_PDF));
    std::cout << "raii: done\n";
    return 0;
}
