// A seal is made for a signer, with the maker's key elsewhere.
#include "made.hpp"

#include <ctime>

// As reports write it.
static std::string written(std::int64_t seconds) {
    const std::time_t time = static_cast<std::time_t>(seconds);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&time));
    return text;
}

int main(int count, char **) {
    return run(count, 1, [] {
        const Made made;
        const std::int64_t created = yinxin::time("2026-01-02T00:00:00Z");
        yinxin::SealSpec spec("34990000000002", "某某市示范企业有限公司", created, created,
                              yinxin::time("2031-01-02T00:00:00Z"));
        // Border and star alone: a font is yours to give.
        spec.signer(made.signer).draw_round("", yinxin::Bytes(), 600);
        const yinxin::Pending pending = spec.prepare(made.maker);
        std::cout << "sign with " << pending.algorithm() << "\n";

        // The maker's key, wherever it is.
        const yinxin::Bytes value = made.maker_key.sign(pending.message());

        const yinxin::Bytes der = pending.complete(value);
        const yinxin::Seal seal = yinxin::Seal::parse(der);
        std::cout << seal.id() << " " << seal.name() << " (" << seal.standard() << ")\n"
                  << seal.picture_type() << " of " << seal.picture_width_mm() << " by " << seal.picture_height_mm()
                  << " mm\n"
                  << written(seal.valid_from()) << " to " << written(seal.valid_until()) << "\n"
                  << verdict(made.report("basic", der)) << "\n";
    });
}
