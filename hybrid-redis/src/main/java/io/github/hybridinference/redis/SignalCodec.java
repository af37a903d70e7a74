package io.github.hybridinference.redis;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The form of an answer in Redis, version 2, which is in the key too ({@link RedisKeys#FORMAT}); the bytes after the version are
 * those of version 1:
 *
 * <pre>
 * 2 bytes   'H', version
 * 4 bytes   checksum (CRC-32C) over the cache key and all that follows
 * 2 bytes   action B S H, risk l m h
 * 24 bytes  confidence, stop loss, take profit; NaN for none
 * 16 bytes  answered at, valid until
 * 3 texts   model, prompt version, reasoning: a length of two bytes, UTF-8
 * 2 texts   requested model, fingerprint (empty for none)
 * 2 texts   evidence as {@code name=value;name=value} (empty for none), commentary
 * </pre>
 *
 * <p>Forms without the last two or four texts, of nodes from before there were such, are read: what they call reasoning is
 * the model's own text, so it becomes the commentary of an answer without evidence. Those nodes ignore this form, as
 * unreadable.
 *
 * <p>Bytes rather than JSON: half as long, read in a third of the time, and without class names. The checksum includes the key,
 * so that an entry edited or copied by hand, or a reply that belongs to another request, is not taken for this request's
 * answer. It is no signature: {@link Signatures} puts one around it.
 */
final class SignalCodec {
    /** The longest form; 500 characters of commentary in any script fit. */
    static final int MAX_BYTES = 4_096;

    private static final byte MAGIC = 'H';
    private static final byte VERSION = 2;
    private static final int HEAD = 6;
    private static final String ACTIONS = "BSH";
    private static final Action[] ACTION_OF = {Action.BUY, Action.SELL, Action.HOLD};
    private static final String RISKS = "lmh";
    private static final RiskLevel[] RISK_OF = {RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH};
    private static final ReusedText MODEL = new ReusedText();
    private static final ReusedText ASKED = new ReusedText();
    private static final ReusedText FINGERPRINT = new ReusedText();
    private static final ReusedText PROMPT = new ReusedText();
    private static final long LONGEST_VALIDITY_MS = Duration.ofDays(31).toMillis();

    private SignalCodec() {}

    /** Writes the form; empty for an entry that {@link #decode} would not accept. */
    static Optional<byte[]> encode(CacheKey key, CachedSignal entry) {
        byte[] model = entry.model().getBytes(StandardCharsets.UTF_8);
        byte[] prompt = entry.promptVersion().getBytes(StandardCharsets.UTF_8);
        byte[] reasoning = entry.signal().reasoning().getBytes(StandardCharsets.UTF_8);
        byte[] asked = entry.askedModel().getBytes(StandardCharsets.UTF_8);
        byte[] fingerprint = Objects.requireNonNullElse(entry.fingerprint(), "").getBytes(StandardCharsets.UTF_8);
        byte[] evidence = text(entry.signal().evidence()).getBytes(StandardCharsets.UTF_8);
        byte[] commentary = entry.signal().commentary().getBytes(StandardCharsets.UTF_8);
        long length = HEAD
                + 2
                + 24
                + 16
                + 6L
                + model.length
                + prompt.length
                + reasoning.length
                + 8L
                + asked.length
                + fingerprint.length
                + evidence.length
                + commentary.length;
        if (length > MAX_BYTES || !isSane(entry.answeredAtMs(), entry.validUntilMs())) {
            return Optional.empty();
        }
        ByteBuffer form = ByteBuffer.allocate((int) length);
        form.put(MAGIC).put(VERSION).putInt(0);
        TradingSignal signal = entry.signal();
        form.put((byte) ACTIONS.charAt(List.of(ACTION_OF).indexOf(signal.action())));
        form.put((byte) RISKS.charAt(List.of(RISK_OF).indexOf(signal.risk())));
        form.putDouble(signal.confidence());
        form.putDouble(signal.stopLossPct().orElse(Double.NaN));
        form.putDouble(signal.takeProfitPct().orElse(Double.NaN));
        form.putLong(entry.answeredAtMs()).putLong(entry.validUntilMs());
        put(form, model);
        put(form, prompt);
        put(form, reasoning);
        put(form, asked);
        put(form, fingerprint);
        put(form, evidence);
        put(form, commentary);
        form.putInt(2, checksum(key, form.array()));
        return Optional.of(form.array());
    }

    /** Reads the form; empty for anything else. */
    static Optional<CachedSignal> decode(CacheKey key, byte[] bytes) {
        if (bytes.length < HEAD || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuffer form = ByteBuffer.wrap(bytes);
        if (form.get() != MAGIC || form.get() != VERSION || form.getInt() != checksum(key, bytes)) {
            return Optional.empty();
        }
        try {
            Action action = ACTION_OF[ACTIONS.indexOf(form.get())];
            RiskLevel risk = RISK_OF[RISKS.indexOf(form.get())];
            double confidence = form.getDouble();
            OptionalDouble stopLoss = distance(form.getDouble());
            OptionalDouble takeProfit = distance(form.getDouble());
            long answeredAtMs = form.getLong();
            long validUntilMs = form.getLong();
            String model = MODEL.read(form, length(form));
            String prompt = PROMPT.read(form, length(form));
            String reasoning = text(form);
            String asked = model;
            String fingerprint = "";
            if (form.hasRemaining()) {
                asked = ASKED.read(form, length(form));
                fingerprint = FINGERPRINT.read(form, length(form));
            }
            TradingSignal signal = form.hasRemaining()
                    ? new TradingSignal(
                            action, confidence, risk, stopLoss, takeProfit, reasoning, evidence(text(form)), text(form))
                    : TradingSignal.ofModel(
                            action, confidence, risk, stopLoss, takeProfit, List.of(), reasoning, Language.ENGLISH);
            if (form.hasRemaining() || !isSane(answeredAtMs, validUntilMs)) {
                return Optional.empty();
            }
            return Optional.of(new CachedSignal(
                    signal,
                    model,
                    fingerprint.isEmpty() ? null : fingerprint,
                    asked,
                    prompt,
                    answeredAtMs,
                    validUntilMs));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** Whether the validity is positive, and no longer than that of an answer to the longest timeframe. */
    private static boolean isSane(long answeredAtMs, long validUntilMs) {
        long validityMs = validUntilMs - answeredAtMs;
        return answeredAtMs >= 0 && validityMs > 0 && validityMs <= LONGEST_VALIDITY_MS;
    }

    private static OptionalDouble distance(double pct) {
        return Double.isNaN(pct) ? OptionalDouble.empty() : OptionalDouble.of(pct);
    }

    private static String text(List<Evidence> evidence) {
        return evidence.stream()
                .map(figure -> figure.name() + '=' + figure.valueText())
                .collect(Collectors.joining(";"));
    }

    private static List<Evidence> evidence(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(";", -1)).map(SignalCodec::figure).toList();
    }

    private static Evidence figure(String text) {
        int equals = text.indexOf('=');
        return new Evidence(text.substring(0, equals), Double.parseDouble(text.substring(equals + 1)));
    }

    private static String text(ByteBuffer form) {
        byte[] text = new byte[length(form)];
        form.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer form, byte[] text) {
        form.putShort((short) text.length).put(text);
    }

    /** Reads the length of the text that comes next. */
    private static int length(ByteBuffer form) {
        int length = form.getShort();
        if (length < 0 || length > form.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    static int checksum(CacheKey key, byte[] form) {
        CRC32C sum = new CRC32C();
        ByteBuffer name = ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low());
        sum.update(name.array(), 0, 16);
        sum.update(form, HEAD, form.length - HEAD);
        return (int) sum.getValue();
    }
}
