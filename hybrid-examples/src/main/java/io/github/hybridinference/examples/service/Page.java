package io.github.hybridinference.examples.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dashboard's page, with a policy that lets run exactly the scripts and styles that stand in it, by their hashes: text of a
 * model or a client that got into the page as markup would not run.
 */
final class Page {
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final byte[] bytes;
    private final String policy;

    private Page(byte[] bytes, String policy) {
        this.bytes = bytes;
        this.policy = policy;
    }

    /** The page; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Its Content-Security-Policy. */
    String policy() {
        return policy;
    }

    static Page load() {
        String text = read("dashboard.html")
                .replace("/*charts.css*/", read(CHARTS + "uPlot.min.css"))
                .replace("/*dashboard.css*/", read("dashboard.css"))
                .replace("/*charts.js*/", read(CHARTS + "uPlot.iife.min.js"))
                .replace("/*dashboard.js*/", read("dashboard.js"));
        String policy = "default-src 'none'; script-src" + hashes(SCRIPT, text) + "; style-src"
                + hashes(STYLE, text)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new Page(text.getBytes(StandardCharsets.UTF_8), policy);
    }

    private static String read(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String hashes(Pattern element, String page) {
        StringBuilder hashes = new StringBuilder();
        Matcher found = element.matcher(page);
        while (found.find()) {
            hashes.append(" 'sha256-").append(hash(found.group(1))).append('\'');
        }
        return hashes.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
