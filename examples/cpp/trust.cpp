// Two provinces on one trust list: each vouches for its own licenses, and for no others':
// trust examples/data/provinces
#include "made.hpp"

static yinxin::Bytes bytes_of(const std::string &path) {
    const std::string text = text_of(path);
    return yinxin::Bytes(text.begin(), text.end());
}

// What the list makes of a license.
static void tell(const std::string &words, const yinxin::Verifier &verifier, const yinxin::Bytes &license,
                 std::int64_t at) {
    const yinxin::Report report = verifier.verify(license, at);
    std::cout << words << ": the list is " << report.get("/trust/freshness") << "\n";
    for (const char *code : {"authority.maker", "authority.issuer", "authority.scope"}) {
        for (std::size_t i = 0; i < report.count("/checks"); ++i) {
            const std::string check = "/checks/" + std::to_string(i);
            if (report.get(check + "/code") == code) {
                std::cout << "  " << code << ": " << report.get(check + "/outcome") << "\n";
                break;
            }
        }
    }
}

int main(int count, char **arguments) {
    return run(count, 2, [&] {
        const std::string folder = arguments[1];
        const std::int64_t issued = yinxin::time("2026-03-01T00:00:00Z");
        const std::int64_t judged = yinxin::time("2026-03-04T00:00:00Z");
        const yinxin::Bytes first = bytes_of(folder + "/list-1.json");

        const yinxin::TrustState pinned =
            yinxin::TrustState::pin(bytes_of(folder + "/root.json"), YINXIN_ENVIRONMENT_TEST, issued);
        const yinxin::TrustState second =
            pinned.install(first, issued).install(bytes_of(folder + "/list-2.json"), issued);
        // Kept between runs, so that nobody can slip in an older list.
        const yinxin::TrustState state = yinxin::TrustState::from_bytes(second.to_bytes());
        std::cout << "list " << state.list_version() << " of " << state.name() << ": " << state.freshness(judged)
                  << "\n";
        try {
            state.install(first, issued);
        } catch (const yinxin::Error &refused) {
            std::cout << "an older list: " << refused.name() << "\n";
        }

        const yinxin::Verifier verifier = yinxin::Verifier::Builder("window").trust(state).build();
        tell("sealed in its own province", verifier, bytes_of(folder + "/own.ofd"), judged);
        tell("sealed in another province", verifier, bytes_of(folder + "/other.ofd"), judged);
        tell("forty days later", verifier, bytes_of(folder + "/own.ofd"), judged + 40 * 86400);
    });
}
