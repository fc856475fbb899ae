package cn.yinxin.internal;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of {@code yinxin.h} that this face uses, as JNA maps them: {@code size_t} is a
 * {@code long} and where a pointer or a length goes an array of one, since the library is built for 64-bit
 * systems only: such arrays leave nothing outside the heap for a collector to find. Texts are bytes with
 * a NUL.
 */
final class C {
    /** The number of the interface that these declarations were written for. */
    static final int ABI_VERSION = 1;

    static {
        NativeLibrary library = Loader.load();
        Native.register(C.class, library);
        if (yinxin_abi_version() != ABI_VERSION) {
            throw new UnsatisfiedLinkError("libyinxin has interface " + yinxin_abi_version() + ", this jar needs "
                + ABI_VERSION + ": use both of one version");
        }
    }

    private C() {}

    static native Pointer yinxin_certificate_issuer(Pointer certificate);
    static native Pointer yinxin_certificate_serial(Pointer certificate);
    static native Pointer yinxin_certificate_subject(Pointer certificate);
    static native Pointer yinxin_error_context_key(Pointer error, long index);
    static native Pointer yinxin_error_context_value(Pointer error, long index);
    static native Pointer yinxin_error_message(Pointer error);
    static native Pointer yinxin_report_json(Pointer report, long[] len);
    static native Pointer yinxin_seal_id(Pointer seal);
    static native Pointer yinxin_seal_name(Pointer seal);
    static native Pointer yinxin_seal_picture_type(Pointer seal);
    static native Pointer yinxin_version();
    static native Pointer yinxin_bytes_data(Pointer bytes);
    static native Pointer yinxin_certificate_der(Pointer certificate, long[] len);
    static native Pointer yinxin_pending_message(Pointer pending, long[] len);
    static native Pointer yinxin_seal_der(Pointer seal, long[] len);
    static native Pointer yinxin_seal_picture(Pointer seal, long[] len);
    static native int yinxin_abi_version();
    static native int yinxin_seal_layout(Pointer seal);
    static native long yinxin_certificate_valid_from(Pointer certificate);
    static native long yinxin_certificate_valid_until(Pointer certificate);
    static native long yinxin_seal_picture_height_mm(Pointer seal);
    static native long yinxin_seal_picture_width_mm(Pointer seal);
    static native long yinxin_seal_valid_from(Pointer seal);
    static native long yinxin_seal_valid_until(Pointer seal);
    static native long yinxin_bytes_len(Pointer bytes);
    static native long yinxin_error_context_count(Pointer error);
    static native long yinxin_seal_signer_count(Pointer seal);
    static native void yinxin_bytes_free(Pointer bytes);
    static native void yinxin_certificate_free(Pointer certificate);
    static native void yinxin_certificate_spec_free(Pointer spec);
    static native void yinxin_crl_builder_free(Pointer builder);
    static native void yinxin_draft_free(Pointer draft);
    static native void yinxin_error_free(Pointer error);
    static native void yinxin_key_free(Pointer key);
    static native void yinxin_pending_free(Pointer pending);
    static native void yinxin_report_free(Pointer report);
    static native void yinxin_request_free(Pointer request);
    static native void yinxin_seal_free(Pointer seal);
    static native void yinxin_seal_spec_free(Pointer spec);
    static native void yinxin_verifier_builder_free(Pointer builder);
    static native void yinxin_verifier_free(Pointer verifier);
    static native int yinxin_certificate_make_root(Pointer spec, Pointer key, long[] out, long[] error);
    static native int yinxin_certificate_make_signer(Pointer spec, Pointer subjectKey, Pointer issuer, Pointer issuerKey, long[] out, long[] error);
    static native int yinxin_certificate_parse(byte[] data, long len, long[] out, long[] error);
    static native int yinxin_certificate_spec_new(byte[] commonName, byte[] organization, byte[] serial, long serialLen, long validFrom, long validUntil, long[] out, long[] error);
    static native int yinxin_codes(long[] out, long[] error);
    static native int yinxin_crl_builder_new(long number, long thisUpdate, long nextUpdate, long[] out, long[] error);
    static native int yinxin_crl_builder_revoke(Pointer builder, Pointer certificate, long revokedAt, long[] error);
    static native int yinxin_crl_builder_sign(Pointer builder, Pointer issuer, Pointer issuerKey, long[] out, long[] error);
    static native int yinxin_draft_check_catalog(Pointer draft, byte[] catalog, long[] error);
    static native int yinxin_draft_document(Pointer draft, int format, long[] out, long[] error);
    static native int yinxin_draft_for_archive(Pointer draft, long[] error);
    static native int yinxin_draft_new(byte[] metadata, byte[] design, long createdAt, long[] out, long[] error);
    static native int yinxin_draft_prepare(Pointer draft, int format, Pointer request, long[] out, long[] error);
    static native int yinxin_draft_resume(Pointer draft, int format, byte[] stored, long storedLen, long[] out, long[] error);
    static native int yinxin_draft_set_font(Pointer draft, int role, byte[] font, long fontLen, long[] error);
    static native int yinxin_error_status(Pointer error);
    static native int yinxin_explain(int kind, byte[] code, int language, long[] out, long[] error);
    static native int yinxin_key_from_sm2_scalar(byte[] scalar, long len, long[] out, long[] error);
    static native int yinxin_key_generate(int kind, long[] out, long[] error);
    static native int yinxin_key_parse(byte[] data, long len, byte[] password, long[] out, long[] error);
    static native int yinxin_key_parse_pkcs12(byte[] data, long len, byte[] password, long[] outKey, long[] outCertificate, long[] error);
    static native int yinxin_key_sign(Pointer key, byte[] message, long messageLen, long[] out, long[] error);
    static native int yinxin_key_to_pem(Pointer key, byte[] password, long[] out, long[] error);
    static native int yinxin_pending_add_signature(Pointer pending, byte[] signature, long signatureLen, long[] error);
    static native int yinxin_pending_add_time_stamp(Pointer pending, byte[] response, long responseLen, Pointer authority, long[] error);
    static native int yinxin_pending_algorithm(Pointer pending, long[] out, long[] error);
    static native int yinxin_pending_complete(Pointer pending, byte[] signature, long signatureLen, long[] out, long[] error);
    static native int yinxin_pending_digest(Pointer pending, long[] out, long[] error);
    static native int yinxin_pending_finish(Pointer pending, long[] out, long[] error);
    static native int yinxin_pending_from_bytes(byte[] stored, long storedLen, byte[] document, long documentLen, long[] out, long[] error);
    static native int yinxin_pending_sign(Pointer pending, Pointer key, long[] out, long[] error);
    static native int yinxin_pending_time_stamp_request(Pointer pending, byte[] nonce, long nonceLen, long[] out, long[] error);
    static native int yinxin_pending_to_bytes(Pointer pending, long[] out, long[] error);
    static native int yinxin_policy_json(byte[] name, int strict, long[] out, long[] error);
    static native int yinxin_request_affix(Pointer seal, Pointer signer, long signedAt, long[] out, long[] error);
    static native int yinxin_request_at(Pointer request, long page, long centerXUm, long centerYUm, long[] error);
    static native int yinxin_request_at_keyword(Pointer request, byte[] keyword, int occurrence, long rightUm, long downUm, long[] error);
    static native int yinxin_request_close_document(Pointer request, long[] error);
    static native int yinxin_request_prepare(Pointer request, byte[] document, long documentLen, long[] out, long[] error);
    static native int yinxin_request_riding(Pointer request, int edge, long[] error);
    static native int yinxin_request_sign(Pointer signer, long signedAt, long[] out, long[] error);
    static native int yinxin_seal_maker(Pointer seal, long[] out, long[] error);
    static native int yinxin_seal_parse(byte[] data, long len, long[] out, long[] error);
    static native int yinxin_seal_spec_add_signer(Pointer spec, Pointer signer, long[] error);
    static native int yinxin_seal_spec_draw_round(Pointer spec, byte[] name, byte[] secondLine, byte[] font, long fontLen, int dpi, long[] error);
    static native int yinxin_seal_spec_make(Pointer spec, Pointer maker, Pointer key, long[] out, long[] error);
    static native int yinxin_seal_spec_new(byte[] id, byte[] name, long createdAt, long validFrom, long validUntil, long[] out, long[] error);
    static native int yinxin_seal_spec_prepare(Pointer spec, Pointer maker, long[] out, long[] error);
    static native int yinxin_seal_spec_set_layout(Pointer spec, int layout, long[] error);
    static native int yinxin_seal_spec_set_listing(Pointer spec, int listing, long[] error);
    static native int yinxin_seal_spec_set_picture(Pointer spec, byte[] data, long len, int widthMm, int heightMm, long[] error);
    static native int yinxin_seal_spec_set_type(Pointer spec, int sealType, long[] error);
    static native int yinxin_time_parse(byte[] time, long[] out, long[] error);
    static native int yinxin_verifier_builder_add_anchors(Pointer builder, int role, byte[] data, long len, long[] error);
    static native int yinxin_verifier_builder_add_crls(Pointer builder, byte[] data, long len, long[] error);
    static native int yinxin_verifier_builder_add_intermediates(Pointer builder, byte[] data, long len, long[] error);
    static native int yinxin_verifier_builder_add_ocsp(Pointer builder, byte[] data, long len, long[] error);
    static native int yinxin_verifier_builder_add_signer_certificates(Pointer builder, byte[] data, long len, long[] error);
    static native int yinxin_verifier_builder_add_sm2_id(Pointer builder, byte[] id, long len, long[] error);
    static native int yinxin_verifier_builder_build(Pointer builder, long[] out, long[] error);
    static native int yinxin_verifier_builder_new(byte[] policy, long[] out, long[] error);
    static native int yinxin_verifier_builder_set_password(Pointer builder, byte[] password, long[] error);
    static native int yinxin_verifier_verify(Pointer verifier, byte[] document, long documentLen, long evaluatedAt, long[] out, long[] error);
    static native int yinxin_verifier_verify_detached(Pointer verifier, byte[] signature, long signatureLen, byte[] content, long contentLen, long evaluatedAt, long[] out, long[] error);
    static native int yinxin_verifier_verify_encrypted(Pointer verifier, byte[] document, long documentLen, Pointer recipient, long evaluatedAt, long[] out, long[] error);
}
