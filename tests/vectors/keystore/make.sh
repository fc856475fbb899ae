#!/bin/sh
# Makes the key files of this folder with OpenSSL 3 (keys and holders are made up).
# What is committed was made once; running this again gives other keys.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
umask 022
trap 'rm -r "$work"' EXIT

certify() { # name digest
    openssl req -new -x509 -key "$work/$1.pem" -"$2" -days 36500 -utf8 \
        -subj '/C=CN/O=某某市示范企业有限公司/CN=张三' -out "$work/$1.crt"
}
openssl genpkey -algorithm SM2 -out "$work/sm2.pem"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/p256.pem"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/rsa.pem"
openssl genpkey -algorithm ED25519 -out "$work/ed25519.pem"
certify sm2 sm3
certify p256 sha256
certify rsa sha256

store() { # name key password further options
    name=$1 key=$2 password=$3
    shift 3
    openssl pkcs12 -export -inkey "$work/$key.pem" -in "$work/$key.crt" -name key \
        -passout "pass:$password" -out "$name.p12" "$@"
}
store modern sm2 密码-777777
store legacy sm2 777777 -legacy
store sm4_sm3 sm2 777777 -keypbe sm4-cbc -certpbe sm4-cbc -macalg sm3
store chain p256 777777 -certfile "$work/sm2.crt" -macalg sha512 -keypbe aes-128-cbc \
    -certpbe aes-192-cbc
store clear_certificate rsa 777777 -certpbe NONE -macalg sha384
store empty_password p256 ''
store without_mac p256 777777 -nomac

encrypted() { # name key cipher prf
    openssl pkcs8 -topk8 -in "$work/$2.pem" -v2 "$3" -v2prf "$4" -iter 2048 \
        -passout pass:777777 -out "$1.pem"
}
encrypted encrypted_aes sm2 aes-256-cbc hmacWithSHA512
encrypted encrypted_3des p256 des3 hmacWithSHA1
encrypted encrypted_sm4 sm2 sm4-cbc hmacWithSHA256
encrypted encrypted_ed25519 ed25519 aes-128-cbc hmacWithSHA384
openssl ecparam -genkey -name SM2 -out plain_sm2.pem
openssl pkey -in "$work/p256.pem" -traditional -out sec1_p256.pem
openssl pkey -in "$work/p256.pem" -traditional -aes128 -passout pass:777777 \
    -out armour_encrypted.pem
chmod 644 ./*.p12 ./*.pem
