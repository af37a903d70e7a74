package io.github.hybridinference.testkit.network;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The encoding of certificates (RFC 5280), as far as {@link PrivateAuthority} needs it: the JDK has no public one. */
final class Der {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};

    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
    private static final byte[] ALGORITHM =
            of(SEQUENCE, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02});

    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
    private static final byte[] ALTERNATIVE_NAME = {0x06, 0x03, 0x55, 0x1d, 0x11};

    private Der() {}

    /**
     * What the authority signs.
     *
     * @param host the host's name or IPv4 address, empty for the authority itself
     */
    static byte[] certificateContent(
            long serial, PublicKey key, String subject, String host, Instant from, Instant to) {
        return of(
                SEQUENCE,
                of(VERSION, of(INTEGER, new byte[] {2})),
                of(INTEGER, BigInteger.valueOf(serial).toByteArray()),
                ALGORITHM,
                name("authority"),
                of(SEQUENCE, time(from), time(to)),
                name(subject),
                key.getEncoded(),
                of(EXTENSIONS, of(SEQUENCE, host.isEmpty() ? authority() : alternativeName(host))));
    }

    static byte[] signed(byte[] content, byte[] signature) {
        return of(SEQUENCE, content, ALGORITHM, of(BIT_STRING, new byte[] {0}, signature));
    }

    private static byte[] authority() {
        return of(SEQUENCE, BASIC_CONSTRAINTS, TRUE, of(OCTET_STRING, of(SEQUENCE, TRUE)));
    }

    private static byte[] alternativeName(String host) {
        byte[] name = IPV4.matcher(host).matches()
                ? of(IP_ADDRESS, address(host))
                : of(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        return of(SEQUENCE, ALTERNATIVE_NAME, of(OCTET_STRING, of(SEQUENCE, name)));
    }

    private static byte[] address(String host) {
        String[] parts = host.split("\\.", -1);
        byte[] address = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address;
    }

    private static byte[] name(String text) {
        byte[] attribute = of(SEQUENCE, COMMON_NAME, of(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8)));
        return of(SEQUENCE, of(SET, attribute));
    }

    private static byte[] time(Instant at) {
        return of(GENERALIZED_TIME, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length < 0x80) {
            all.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skipped = digits[0] == 0 ? 1 : 0;
            all.write(0x80 | (digits.length - skipped));
            all.write(digits, skipped, digits.length - skipped);
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
