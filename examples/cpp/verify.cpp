// A license is handed in, and then one that someone added a byte to: verify METADATA
#include "made.hpp"

static void tell(const yinxin::Report &report) {
    std::cout << verdict(report) << " under " << report.get("/policy/name") << " " << report.get("/policy/version")
              << "\nauthentic: " << report.get("/axes/authentic") << "\ntrusted: " << report.get("/axes/trusted")
              << "\nin force: " << report.get("/axes/in_force") << "\n";
    for (std::size_t i = 0; i < report.count("/signatures"); ++i) {
        const std::string place = "/signatures/" + std::to_string(i);
        std::cout << "seal: " << report.get(place + "/seal/name") << ", used " << report.get(place + "/signed_at")
                  << " (" << report.get(place + "/time_source") << ")\n";
    }
    std::cout << "license: " << report.get("/license/name") << " " << report.get("/license/identifier") << "\n";
}

int main(int count, char **arguments) {
    return run(count, 2, [&] {
        const Made made;
        const yinxin::Bytes license = made.license(text_of(arguments[1]), YINXIN_FORMAT_OFD);
        tell(made.report("basic", license));

        yinxin::Bytes longer = license;
        longer.push_back('x');
        std::cout << "with a byte more: " << verdict(made.report("basic", longer)) << "\n";

        // A clerk's policy also asks what nobody has told us here.
        const yinxin::Report window = made.report("window", license);
        std::cout << "under " << window.get("/policy/name") << ": " << verdict(window) << "\n";
    });
}
