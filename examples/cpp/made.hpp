// What the examples stand on: made-up parties and a seal. A real program reads its certificates and
// keys from files or devices.
#ifndef MADE_HPP
#define MADE_HPP

#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <yinxin.hpp>

inline yinxin::Certificate certificate(const std::string &name, std::uint8_t serial, const yinxin::Key &key,
                                       const yinxin::Certificate *issuer = nullptr,
                                       const yinxin::Key *issuer_key = nullptr) {
    const yinxin::CertificateSpec spec(name, {serial}, yinxin::time("2026-01-01T00:00:00Z"),
                                       yinxin::time("2036-01-01T00:00:00Z"));
    return issuer ? spec.signer(key, *issuer, *issuer_key) : spec.root(key);
}

inline yinxin::Key key(std::uint8_t number) { return yinxin::Key::from_sm2_scalar(yinxin::Bytes(32, number)); }

// A root that vouches for a maker of seals and for one who signs, and a seal made for the latter.
struct Made {
    yinxin::Key root_key = key(1), maker_key = key(2), signer_key = key(3);
    yinxin::Certificate root = certificate("示范根", 1, root_key);
    yinxin::Certificate maker = certificate("示范制章单位", 2, maker_key, &root, &root_key);
    yinxin::Certificate signer = certificate("某某市市场监督管理局", 3, signer_key, &root, &root_key);
    yinxin::SealSpec order = ordered(signer);
    yinxin::Seal seal = order.make(maker, maker_key);

    yinxin::Report report(const std::string &policy, const yinxin::Bytes &document) const {
        const yinxin::Verifier verifier = yinxin::Verifier::Builder(policy)
                                              .anchors(YINXIN_ANCHOR_ROLE_SIGNER, root.der())
                                              .anchors(YINXIN_ANCHOR_ROLE_MAKER, root.der())
                                              .build();
        return verifier.verify(document, yinxin::time("2026-03-04T00:00:00Z"));
    }

    yinxin::Bytes license(const std::string &metadata, yinxin_format format) const {
        const std::int64_t now = yinxin::time("2026-03-02T01:00:00Z");
        const yinxin::Draft draft(metadata, "standard-landscape", now);
        draft.check_catalog();
        return draft.prepare(format, yinxin::Request::affix(seal, signer, now)).sign(signer_key);
    }

private:
    static yinxin::SealSpec ordered(const yinxin::Certificate &signer) {
        const std::int64_t made = yinxin::time("2026-01-02T00:00:00Z");
        yinxin::SealSpec spec("34990000000001", "某某市市场监督管理局", made, made,
                              yinxin::time("2031-01-02T00:00:00Z"));
        // Two red pixels by two.
        static const char picture[] =
            "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x06\0\0\0r\xb6\r$\0\0\0\x11IDATx\x9c"
            "cx\xc6 \xf4\x1f\x84\x19`\x0c\0F\x14\x07\xdd\x98[`Y\0\0\0\0IEND\xae" "B`\x82";
        spec.signer(signer).picture(yinxin::Bytes(picture, picture + sizeof picture - 1), 42, 42);
        return spec;
    }
};

// The outcome, and what it hangs on.
inline std::string verdict(const yinxin::Report &report) {
    const std::string headline = report.get("/headline");
    return report.get("/outcome") + (headline.empty() ? "" : ", " + headline);
}

inline std::string text_of(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("cannot read " + path);
    }
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

// Runs a story; an exception is the one way it fails.
template <typename Story>
int run(int count, int wanted, Story story) {
    if (count != wanted) {
        std::cerr << "an argument is missing: the license's metadata\n";
        return 2;
    }
    try {
        story();
        return 0;
    } catch (const yinxin::Error &error) {
        std::cerr << error.name() << ": " << error.what() << "\n";
    } catch (const std::exception &error) {
        std::cerr << error.what() << "\n";
    }
    return 1;
}

#endif
