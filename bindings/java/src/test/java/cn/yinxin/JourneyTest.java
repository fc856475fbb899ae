package cn.yinxin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;

import org.junit.jupiter.api.Test;

/** What the library is for, from end to end. */
class JourneyTest {
    @Test
    void aSealedLicensePassesAndSaysWhatItIs() {
        try (Verifier verifier = Made.verifier(Policy.basic())) {
            Report report = verifier.verify(Made.LICENSE, Made.SIGNED);
            assertEquals(Outcome.PASSED, report.outcome());
            assertEquals(Outcome.PASSED, report.authentic());
            assertEquals("basic", report.policy());
            assertEquals("ofd", report.format());
            assertEquals(Made.SIGNED, report.evaluatedAt());
            assertTrue(!report.headline().isPresent());
            assertEquals("营业执照", report.license().get().name().get());
            Report.Signature signature = report.signatures().get(0);
            assertEquals("seal", signature.kind());
            assertEquals(Made.OFFICE, signature.sealName().get());
            assertTrue(signature.signer().get().contains(Made.OFFICE));
            assertEquals(Made.SIGNED, signature.signedAt().get());
            assertTrue(signature.checks().stream().allMatch(check -> check.outcome() == Outcome.PASSED));
            assertTrue(report.json().startsWith("{\"schema\":\"yinxin.report/1\""));
            assertEquals("Report(passed under basic)", report.toString());
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        try (Verifier verifier = Made.verifier(Policy.window())) {
            Report report = verifier.verify(Made.LICENSE, Made.SIGNED);
            assertEquals(Outcome.INDETERMINATE, report.outcome());
            Report.Check open = report.signatures().get(0).checks().stream()
                .filter(check -> check.code() == CheckCode.REVOCATION_SIGNER).findFirst().get();
            assertEquals(Outcome.INDETERMINATE, open.outcome());
            String reason = open.reason().get();
            assertTrue(Yinxin.cause(reason, Language.ZH_CN).length() > 3);
            assertTrue(Yinxin.remedy(reason, Language.EN).length() > 3);
        }
        byte[] crl = Certificate.makeCrl(1, Made.SIGNED, Made.END, Made.ROOT, Made.ROOT_KEY,
            Collections.singletonList(Made.SIGNER));
        try (Verifier verifier = Verifier.builder(Policy.window()).anchor(AnchorRole.SIGNER, Made.ROOT)
                .anchor(AnchorRole.MAKER, Made.ROOT).crls(crl).build()) {
            Report report = verifier.verify(Made.LICENSE, Made.SIGNED.plusSeconds(60));
            assertTrue(report.outcome() != Outcome.PASSED);
        }
    }

    @Test
    void aChangedLicenseFails() {
        byte[] changed = Made.LICENSE.clone();
        changed[changed.length / 2] ^= 1;
        try (Verifier verifier = Made.verifier(Policy.basic())) {
            assertEquals(Outcome.FAILED, verifier.verify(changed, Made.SIGNED).outcome());
            assertEquals(Outcome.FAILED, verifier.verify(new byte[0], Made.SIGNED).outcome());
        }
    }

    @Test
    void aSealIsMadeWithAKeyElsewhere() {
        try (Pending pending = Made.SPEC.prepare(Made.MAKER)) {
            assertEquals("SM2-SM3", pending.algorithm());
            assertEquals(32, pending.digest().length);
            Seal seal = Seal.parse(pending.complete(Made.MAKER_KEY.sign(pending.message())));
            assertEquals(Made.SEAL, seal);
            assertEquals(Made.OFFICE, seal.name());
            assertEquals(Layout.GBT38540_2020, seal.layout());
            assertEquals("PNG", seal.pictureType());
            assertEquals(1, seal.signerCount());
            assertEquals(Made.MAKER, seal.maker());
            assertEquals(Made.SEALED, seal.validFrom());
        }
    }

    @Test
    void aLicenseIsIssuedInTwoPhases() {
        Draft draft = Made.draft();
        draft.checkCatalog();
        byte[] stored;
        byte[] value;
        try (Pending pending = draft.prepare(Format.OFD, Request.affix(Made.SEAL, Made.SIGNER, Made.SIGNED))) {
            stored = pending.toBytes();
            value = Made.SIGNER_KEY.sign(pending.message());
        }
        try (Pending later = draft.resume(Format.OFD, stored)) {
            assertArrayEquals(Made.LICENSE, later.complete(value));
        }
    }

    @Test
    void aSealIsAffixedInTwoPhases() {
        byte[] document = Made.draft().document(Format.PDF);
        Request request = Request.affix(Made.SEAL, Made.SIGNER, Made.SIGNED).at(0, 150, 100);
        byte[] stored;
        try (Pending pending = request.prepare(document)) {
            stored = pending.toBytes();
        }
        try (Pending later = Pending.fromBytes(stored, document); Verifier verifier = Made.verifier(Policy.basic())) {
            later.addSignature(Made.SIGNER_KEY.sign(later.message()));
            assertEquals(Outcome.PASSED, verifier.verify(later.finish(), Made.SIGNED).outcome());
        }
    }

    @Test
    void keysAreWrittenAndRead() {
        try (Key key = Key.generate(KeyKind.P256); Key read = Key.parse(key.toEncryptedPem("秘密").getBytes(), "秘密")) {
            assertEquals(key.toPem(), read.toPem());
            assertEquals("Key(secret)", key.toString());
            assertEquals(ErrorCode.WRONG_PASSWORD, assertThrows(YinxinException.class,
                () -> Key.parse(key.toEncryptedPem("秘密").getBytes(), "other")).code());
        }
    }
}
