package io.github.hybridinference.deepseek;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The hosts that are reached without the proxy, in the two notations that are in use. Nothing is looked up. */
final class ProxyExceptions {
    private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):(\\d{1,5})");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private ProxyExceptions() {}

    /**
     * Whether {@code NO_PROXY} names an endpoint: entries with commas or spaces between them, each of them {@code *}, a
     * domain with or without a dot in front, which stands for its subdomains too, an address, or a network in the form
     * {@code 10.0.0.0/8}; with {@code :port} at the end it is about that port alone.
     */
    static boolean ofEnvironment(String list, Endpoint endpoint) {
        return Arrays.stream(list.strip().split("[,\\s]+")).anyMatch(entry -> names(entry, endpoint));
    }

    private static boolean names(String entry, Endpoint endpoint) {
        Matcher port = WITH_PORT.matcher(entry);
        String name = entry;
        if (port.matches()) {
            if (Integer.parseInt(port.group(2)) != endpoint.port()) {
                return false;
            }
            name = port.group(1);
        }
        name = name.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        if (name.equals("*")) {
            return true;
        }
        name = name.replaceFirst("^\\*?\\.", "").replaceFirst("\\.$", "");
        String host = endpoint.host().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (name.isEmpty()) {
            return false;
        }
        if (isAddress(host)) {
            return isInNetwork(host, name);
        }
        return host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isInNetwork(String address, String network) {
        String[] parts = network.split("/", 2);
        if (!isAddress(parts[0]) || (parts.length == 2 && !parts[1].matches("\\d{1,3}"))) {
            return false;
        }
        try {
            byte[] one = InetAddress.getByName(address).getAddress();
            byte[] other = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : one.length * Byte.SIZE;
            return one.length == other.length && bits <= one.length * Byte.SIZE && samePrefix(one, other, bits);
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    private static boolean samePrefix(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** What is an address is not looked up as a name. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    /** Whether the JDK's {@code http.nonProxyHosts} names a host: patterns with {@code |} between them and {@code *}. */
    static boolean ofJvm(String list, String host) {
        String pattern = Arrays.stream(list.strip().split("\\|"))
                .map(String::strip)
                .map(each -> Arrays.stream(each.replaceAll("[\\[\\]]", "").split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(host).matches();
    }
}
