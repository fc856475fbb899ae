// A license is issued over night: what is to be signed leaves the house, the value comes back:
// issue METADATA
#include "made.hpp"

static void issue(const Made &made, const yinxin::Draft &draft, yinxin_format format, const std::string &name) {
    const auto request = yinxin::Request::affix(made.seal, made.signer, yinxin::time("2026-03-02T01:00:00Z"));
    const yinxin::Pending pending = draft.prepare(format, request);
    const yinxin::Bytes stored = pending.to_bytes();
    std::cout << name << ": sign with " << pending.algorithm() << ", digest of " << pending.digest().size()
              << " bytes\n";

    // Wherever the key is.
    const yinxin::Bytes value = made.signer_key.sign(pending.message());

    const yinxin::Pending resumed = draft.resume(format, stored);
    try {
        resumed.complete(key(4).sign(pending.message()));
    } catch (const yinxin::Error &refused) {
        std::cout << name << ": another key's value: " << refused.name() << "\n";
    }
    const yinxin::Report report = made.report("basic", resumed.complete(value));
    std::cout << name << ": " << report.get("/license/identifier") << " " << verdict(report) << "\n";
}

int main(int count, char **arguments) {
    return run(count, 2, [&] {
        const Made made;
        const yinxin::Draft draft(text_of(arguments[1]), "standard-landscape", yinxin::time("2026-03-02T01:00:00Z"));
        issue(made, draft, YINXIN_FORMAT_OFD, "ofd");
        issue(made, draft, YINXIN_FORMAT_PDF, "pdf");
    });
}
