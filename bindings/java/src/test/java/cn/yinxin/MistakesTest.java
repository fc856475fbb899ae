package cn.yinxin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import cn.yinxin.internal.Json;

/** Whatever is done wrong is an exception with its code, and the JVM goes on. */
class MistakesTest {
    private static final byte[] RUBBISH = {1, 2, 3};

    private static void fails(ErrorCode code, Executable call) {
        YinxinException thrown = assertThrows(YinxinException.class, call);
        assertEquals(code, thrown.code());
        assertEquals(code.number(), thrown.number());
        assertTrue(thrown.getMessage().length() > 5);
    }

    @Test
    void bytesThatAreNotWhatTheyShouldBe() {
        fails(ErrorCode.MALFORMED, () -> Seal.parse(RUBBISH));
        fails(ErrorCode.MISSING, () -> Certificate.parse(RUBBISH));
        fails(ErrorCode.INVALID_LENGTH, () -> Key.fromSm2Scalar(RUBBISH));
        fails(ErrorCode.INVALID_METADATA, () -> new Draft("{}", Made.SIGNED));
        fails(ErrorCode.INVALID_ARGUMENT, () -> Verifier.builder(Policy.fromJson("{}")).build());
        fails(ErrorCode.INVALID_ARGUMENT, () -> Policy.named("lenient", false));
        fails(ErrorCode.INVALID_ENUM, () -> Yinxin.describeCheck("no.such", Language.EN));
    }

    @Test
    void nullsAndTextsThatEndEarly() {
        assertThrows(NullPointerException.class, () -> Seal.parse(null));
        assertThrows(NullPointerException.class, () -> Verifier.builder(null));
        try (Verifier verifier = Made.verifier(Policy.basic())) {
            assertThrows(NullPointerException.class, () -> verifier.verify(null, Made.SIGNED));
            assertThrows(NullPointerException.class, () -> verifier.verify(RUBBISH, null));
            fails(ErrorCode.INVALID_ARGUMENT, () -> verifier.verify(RUBBISH, Instant.MAX));
        }
        assertThrows(IllegalArgumentException.class, () -> new Draft("{\0}", Made.SIGNED));
        assertThrows(IllegalArgumentException.class,
            () -> Request.sign(Made.SIGNER, Made.SIGNED).at(0, Double.NaN, 1));
    }

    @Test
    void theWrongOrder() {
        Request request = Request.affix(Made.SEAL, Made.SIGNER, Made.SIGNED);
        try (Pending pending = Made.draft().prepare(Format.OFD, request)) {
            fails(ErrorCode.INVALID_ARGUMENT, pending::finish);
            fails(ErrorCode.INVALID_ARGUMENT, () -> pending.addTimeStamp(RUBBISH));
            fails(ErrorCode.KEY_MISMATCH, () -> pending.sign(Made.MAKER_KEY));
            fails(ErrorCode.SIGNATURE_MISMATCH, () -> pending.complete(Made.MAKER_KEY.sign(pending.message())));
            fails(ErrorCode.PENDING_MISMATCH, () -> Made.draft().resume(Format.PDF, pending.toBytes()));
        }
        try (Pending seal = Made.SPEC.prepare(Made.MAKER)) {
            fails(ErrorCode.UNSUPPORTED, seal::toBytes);
        }
    }

    @Test
    void whatIsClosedSaysSo() {
        Verifier verifier = Made.verifier(Policy.basic());
        verifier.close();
        verifier.close();
        assertThrows(IllegalStateException.class, () -> verifier.verify(RUBBISH, Made.SIGNED));
        Key key = Key.generate(KeyKind.SM2);
        key.close();
        assertThrows(IllegalStateException.class, () -> key.sign(RUBBISH));
    }

    @Test
    void whatIsGivenOutCannotBeChanged() {
        byte[] der = Made.SEAL.der();
        Arrays.fill(der, (byte) 0);
        assertEquals(Made.SEAL, Seal.parse(Made.SEAL.der()));
        try (Verifier verifier = Made.verifier(Policy.basic())) {
            Report report = verifier.verify(Made.LICENSE, Made.SIGNED);
            assertThrows(UnsupportedOperationException.class, () -> report.signatures().clear());
            assertThrows(UnsupportedOperationException.class, () -> report.fields().remove("outcome"));
            assertThrows(UnsupportedOperationException.class, () -> report.signatures().get(0).fields().clear());
        }
    }

    @Test
    void codesAreThoseOfTheLibrary() {
        Map<?, ?> codes = (Map<?, ?>) Json.parse(Yinxin.codesJson());
        Map<?, ?> errors = (Map<?, ?>) codes.get("errors");
        Set<String> own = Arrays.stream(ErrorCode.values()).filter(code -> code.number() >= 100)
            .map(code -> code.code() + "=" + code.number()).collect(Collectors.toSet());
        Set<String> theirs = errors.entrySet().stream().map(Object::toString).collect(Collectors.toSet());
        assertEquals(theirs, own);
        Set<String> checks = Arrays.stream(CheckCode.values()).filter(code -> code != CheckCode.UNKNOWN)
            .map(CheckCode::code).collect(Collectors.toSet());
        assertEquals(new HashSet<Object>((List<?>) codes.get("checks")), checks);
        Set<String> outcomes = Arrays.stream(Outcome.values()).map(Outcome::code).collect(Collectors.toSet());
        assertEquals(new HashSet<Object>((List<?>) codes.get("outcomes")), outcomes);
        assertEquals(ErrorCode.UNKNOWN, ErrorCode.of(12345));
        assertEquals(CheckCode.UNKNOWN, CheckCode.of("new.check"));
        assertEquals(Outcome.FAILED, Outcome.of("splendid"));
    }
}
