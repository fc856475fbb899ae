"""Validates PDF signatures as PAdES with pyHanko, offline, by ETSI EN 319 102-1.

    verify_pades.py FILE --trust ROOT.pem... --at 2049-01-01T00:00:00Z [--password PASSWORD]

Validates as if at that time, from the file's time stamps and security store alone (B-LTA). Prints
the outcome of each signature as JSON. Exit code 0: every signature passed. 1 otherwise. Nothing is
fetched from a network.
"""

import argparse
import asyncio
import json
import logging
import sys
from datetime import datetime, timedelta

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import KeyUsageConstraints
from pyhanko.sign.validation.ades import simulate_future_ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevocationInfoGatheringSpec,
    RevinfoOnlineFetchingRule,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

KEY_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--trust", action="append", required=True)
    parser.add_argument("--at", required=True)
    parser.add_argument("--password")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with open(options.file, "rb") as stream:
        reader = PdfFileReader(stream, strict=True)
        if options.password:
            reader.decrypt(options.password)
        results = [judge(one, options) for one in reader.embedded_regular_signatures]
        stamps = len(reader.embedded_timestamp_signatures)
        print(json.dumps({"stamps": stamps, "store": "/DSS" in reader.root}))
    for result in results:
        print(json.dumps(result))
    return 0 if results and all(result["good"] for result in results) else 1


def judge(signature, options) -> dict:
    at = datetime.fromisoformat(options.at.replace("Z", "+00:00"))
    roots = SimpleTrustManager.build(load_certs_from_pemder(options.trust))
    policy = CertValidationPolicySpec(
        trust_manager=roots,
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO, retroactive_revinfo=True),
        time_tolerance=timedelta(days=1),
    )
    spec = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
            local_knowledge=LocalKnowledge(),
            key_usage_settings=KEY_USAGE,
        )
    )
    work = simulate_future_ades_lta_validation(signature, spec, future_validation_time=at)
    result = asyncio.run(work)
    status = result.ades_subindic
    best = getattr(result, "best_signature_time", None)
    return {
        "good": type(status).__name__ == "AdESPassed" or str(status).endswith("OK"),
        "status": str(status),
        "failure": str(result.failure_msg) if result.failure_msg else None,
        "best_time": str(best) if best else None,
    }


if __name__ == "__main__":
    sys.exit(main())
