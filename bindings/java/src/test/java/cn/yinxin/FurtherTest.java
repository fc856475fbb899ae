package cn.yinxin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What stands behind a window and beside a license: packs, evidence, encryption, paths, codes. */
class FurtherTest {
    private static final Instant ISSUED = Instant.parse("2026-03-01T00:00:00Z");
    private static final byte[] RUBBISH = {1, 2, 3};
    private static final byte[] NONE = {};
    private static final String USCC = "91350100M000100Y43";

    private static void fails(ErrorCode code, Executable call) {
        assertEquals(code, assertThrows(YinxinException.class, call).code());
    }

    private static boolean holds(byte[] document, String wanted) {
        return new String(document, StandardCharsets.ISO_8859_1).contains(wanted);
    }

    private static byte[] crl(Certificate... revoked) {
        return Certificate.makeCrl(1, ISSUED, Made.END, Made.ROOT, Made.ROOT_KEY, Arrays.asList(revoked));
    }

    @Test
    void codes() {
        assertEquals(Outcome.PASSED, LicenseId.checkCode(CodeKind.USCC, USCC));
        assertEquals(Outcome.FAILED, LicenseId.checkCode(CodeKind.USCC, USCC.replace("43", "44")));
        assertEquals(Outcome.PASSED, LicenseId.checkCode(CodeKind.CITIZEN, "11010519491231002X"));
        assertEquals(Outcome.PASSED, LicenseId.checkCode(CodeKind.ORGANIZATION, "D2143569-X"));
        assertEquals(Outcome.FAILED, LicenseId.checkCode(CodeKind.REGION, "34"));
        LicenseId id = LicenseId.make("11100000MB0143028R001", USCC, "20260115000001", 1);
        assertEquals(Outcome.PASSED, id.check());
        assertEquals(id, LicenseId.parse(id.toString()));
        assertEquals("20260115000001", id.serial());
        assertEquals(1, id.version());
        fails(ErrorCode.INVALID_IDENTIFIER, () -> LicenseId.parse("1.2.3"));
    }

    @Test
    void encryption() {
        byte[] locked = new Encryptor(Made.SIGNED).certificate("收件人", Made.SIGNER).encrypt(Made.LICENSE);
        try (Verifier verifier = Made.verifier(Policy.basic())) {
            byte[] plain = Made.SIGNER_KEY.decrypt(locked);
            assertEquals(Outcome.PASSED, verifier.verify(plain, Made.SIGNED).outcome());
            assertEquals(Outcome.PASSED,
                verifier.verifyEncrypted(locked, Made.SIGNER_KEY, Made.SIGNED).outcome());
        }
        fails(ErrorCode.KEY_MISMATCH, () -> Made.MAKER_KEY.decrypt(locked));
        byte[] other = new Encryptor(Made.SIGNED).password("收件人", "口令").encrypt(Made.LICENSE);
        assertEquals('P', Encryptor.decrypt(other, "口令")[0]);
        fails(ErrorCode.WRONG_PASSWORD, () -> Encryptor.decrypt(other, "另一个"));
        fails(ErrorCode.INVALID_ARGUMENT, () -> new Encryptor(Made.SIGNED).encrypt(Made.LICENSE));
    }

    @Test
    void aListOfFiles() {
        try (Pending pending = Pending.integrity(Made.LICENSE, Made.SIGNER, Made.SIGNED);
                Pending later = Pending.integrityFromBytes(pending.toBytes(), Made.LICENSE);
                Verifier verifier = Made.verifier(Policy.basic())) {
            byte[] listed = later.complete(Made.SIGNER_KEY.sign(later.message()));
            assertArrayEquals(listed, pending.sign(Made.SIGNER_KEY));
            Report report = verifier.verify(listed, Made.SIGNED);
            assertEquals(Outcome.PASSED, report.outcome());
            assertTrue(report.json().contains("integrity.value"));
            fails(ErrorCode.UNSUPPORTED, pending::finish);
        }
    }

    @Test
    void paths() {
        PathRequest bare = PathRequest.of(Made.SIGNER, Purpose.SIGNER);
        assertEquals(Outcome.INDETERMINATE, bare.judge(Made.SIGNED).outcome());
        PathRequest asked = bare.anchors(Made.ROOT.der());
        assertEquals(Outcome.PASSED, asked.judge(Made.SIGNED).outcome());
        assertEquals("yinxin.path/1", asked.judge(Made.SIGNED).fields().get("schema"));
        PathRequest revoked = asked.crls(crl(Made.SIGNER)).revocation(RevocationMode.REQUIRED);
        assertEquals(Outcome.FAILED, revoked.judge(Made.SIGNED).outcome());
        assertTrue(asked.maxDepth(1).judge(Made.SIGNED).json().contains("path_too_long"));
        assertEquals(Outcome.FAILED,
            asked.policy("1.2.156.1.2").policyRules(true, true, true).judge(Made.SIGNED).outcome());
    }

    @Test
    void aPackFromItsKeeperToAWindow() {
        Key keeper = Made.key(8);
        byte[] status = TrustDocuments.makeStatusList("https://status.example.invalid/1", ISSUED, 86_400, 1,
            new byte[] {0, 1}, Made.ROOT_KEY);
        Instant end = ISSUED.plus(Duration.ofDays(7));
        byte[] pack = new PackSpec("示范信任体系", Environment.TEST, ISSUED, end,
            Made.file("examples/data/provinces/list-1.json"))
            .add(PackPart.CRLS, crl()).add(PackPart.STATUS_LIST, status).make(keeper);
        assertNotEquals(pack.length, TrustDocuments.sign(pack, Made.ROOT_KEY).length);
        TrustState pinned =
            TrustState.pin(Made.file("examples/data/provinces/root.json"), Environment.TEST, ISSUED);
        TrustPack opened = pinned.openPack(pack, ISSUED);
        assertEquals(1, opened.state().listVersion());
        assertEquals(end, opened.expires());
        fails(ErrorCode.TRUST_EXPIRED, () -> pinned.openPack(pack, end.plusSeconds(1)));
        byte[] own = Made.file("examples/data/provinces/own.ofd");
        Verifier.Builder window = Verifier.builder(Policy.window()).trust(opened.state());
        try (Verifier without = window.build();
                Verifier with = window.pack(opened).build();
                Verifier late = window.freshnessLimits(0, 0).build()) {
            assertTrue(without.verify(own, Made.SIGNED).json().contains("no_revocation_list"));
            assertFalse(with.verify(own, Made.SIGNED).json().contains("no_revocation_list"));
            assertEquals("stale-stop", late.verify(own, Made.SIGNED).trustFreshness());
        }
        TrustState later = opened.state().seen(end);
        assertEquals(end, later.latestSeen());
        fails(ErrorCode.TRUST_CLOCK, () -> later.seen(ISSUED));
    }

    @Test
    void aSealThatIsRevoked() {
        byte[] list = ("{\"revocationList\":[{\"sealCode\":\"34990000000001\","
            + "\"invalidEffectTime\":\"2026-02-01T00:00:00Z\"}]}").getBytes(StandardCharsets.UTF_8);
        Verifier.Builder builder = Verifier.builder(Policy.basic()).anchor(AnchorRole.SIGNER, Made.ROOT)
            .anchor(AnchorRole.MAKER, Made.ROOT);
        try (Verifier verifier = builder.sealRevocations(list, Made.SIGNED).build()) {
            assertEquals("seal.status", verifier.verify(Made.LICENSE, Made.SIGNED).headline().get());
        }
        fails(ErrorCode.MALFORMED, () -> Verifier.builder(Policy.basic()).sealRevocations(list).build());
        fails(ErrorCode.MALFORMED, () -> Verifier.builder(Policy.basic()).statusList(RUBBISH).build());
        fails(ErrorCode.MALFORMED, () -> Verifier.builder(Policy.basic()).statusReferences(RUBBISH).build());
    }

    @Test
    void aPdfSaysWhatItIsToldAndIsMadeToLast() {
        Request request = Request.sign(Made.SIGNER, Made.SIGNED).useCms().pdfFormat(PdfFormat.PADES)
            .pdfText(PdfText.FIELD, "Approval").pdfText(PdfText.REASON, "Approved")
            .certify(PdfPermission.FILL_AND_SIGN).lockField(FieldLock.ONLY, "Total")
            .lockField(FieldLock.ONLY, "Date").certificate(Made.ROOT)
            .showPicture(Made.SEAL.picture(), 40, 20).at(0, 100, 100);
        byte[] signed;
        try (Pending pending = request.prepare(Made.draft().document(Format.PDF));
                Verifier verifier = Made.verifier(Policy.basic())) {
            signed = pending.sign(Made.SIGNER_KEY);
            assertEquals(Outcome.PASSED, verifier.verify(signed, Made.SIGNED).outcome());
        }
        for (String said : new String[] {"(Approved)", "ETSI.CAdES.detached", "/DocMDP", "(Total)", "(Date)"}) {
            assertTrue(holds(signed, said), said);
        }
        Augmentation dry = Augmentation.of(signed).certificates(Made.ROOT.der());
        assertEquals(2, dry.missing().size());
        for (Augmentation.Missing missing : dry.missing()) {
            assertEquals("Approval", missing.field());
            assertEquals(missing.what().equals("revocation"), missing.certificate().isPresent());
        }
        fails(ErrorCode.MISSING, () -> dry.finish(Made.SIGNED));
        byte[] longer = dry.crls(crl()).finishIncomplete(Made.SIGNED);
        assertTrue(holds(longer, "/DSS"));
        DocumentStamp stamp = DocumentStamp.prepare(longer, RUBBISH);
        assertArrayEquals(stamp.request(), DocumentStamp.fromBytes(stamp.toBytes(), longer).request());
        fails(ErrorCode.PENDING_MISMATCH, () -> DocumentStamp.fromBytes(stamp.toBytes(), signed));
        fails(ErrorCode.MALFORMED, () -> stamp.complete(RUBBISH));
        byte[] question = Made.SEAL.timeStampRequest(RUBBISH);
        fails(ErrorCode.MALFORMED, () -> Made.SEAL.withTimeStamp(question, RUBBISH));
        assertThrows(YinxinException.class, () -> Request.sign(Made.SIGNER, Made.SIGNED)
            .showText("words", NONE, NONE, 1, 1).prepare(signed));
    }
}
