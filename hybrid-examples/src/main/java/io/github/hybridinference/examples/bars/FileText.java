package io.github.hybridinference.examples.bars;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file: unpacked if it is a gzip or zip archive, and decoded from whatever encoding it is in. The encoding is
 * that of its byte order mark; or UTF-16 if every second byte of its beginning is zero; or UTF-8 if all of its beginning is;
 * or GB18030, which contains GBK, if that gives Chinese characters; or Windows-1252. Can be opened several times.
 */
final class FileText {
    private static final int BEGINNING = 1 << 16;
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Characters that stand in the headers of Chinese exports: date, time, open, close, high, low, volume. */
    private static final Pattern CHINESE_HEADER = Pattern.compile("[日期时间開开盘收高低成交量价]{2}");

    private final Path file;
    private final Packing packing;
    private final Charset charset;
    private final boolean marked;

    private enum Packing {
        NONE,
        GZIP,
        ZIP
    }

    private FileText(Path file, Packing packing, Charset charset, boolean marked) {
        this.file = file;
        this.packing = packing;
        this.charset = charset;
        this.marked = marked;
    }

    /**
     * Looks at the beginning of a file.
     *
     * @throws RowFault if it is an archive of several files
     */
    static FileText of(Path file) throws IOException, RowFault {
        byte[] raw = beginning(Files.newInputStream(file));
        Packing packing = packing(raw);
        byte[] text = packing == Packing.NONE ? raw : beginning(unpacked(file, packing));
        Charset marked = byMark(text);
        return new FileText(file, packing, marked == null ? guess(text) : marked, marked != null);
    }

    /** Opens the text without its byte order mark; bytes that are not in the encoding become replacement characters. */
    BufferedReader open() throws IOException, RowFault {
        BufferedReader reader = new BufferedReader(new InputStreamReader(unpacked(file, packing), charset), BEGINNING);
        if (marked) {
            reader.mark(1);
            if (reader.read() != '\uFEFF') {
                reader.reset();
            }
        }
        return reader;
    }

    /** What was found, in the words of a person; empty for plain UTF-8. */
    String words() {
        String packed = packing == Packing.NONE ? "" : packing.name().toLowerCase(Locale.ROOT);
        String encoded = charset.equals(StandardCharsets.UTF_8) ? "" : charset.displayName(Locale.ROOT);
        return packed + (packed.isEmpty() || encoded.isEmpty() ? "" : ", ") + encoded;
    }

    private static byte[] beginning(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(BEGINNING);
        }
    }

    private static Packing packing(byte[] raw) {
        if (raw.length > 2 && (raw[0] & 0xff) == 0x1f && (raw[1] & 0xff) == 0x8b) {
            return Packing.GZIP;
        }
        return raw.length > 4 && raw[0] == 'P' && raw[1] == 'K' && raw[2] == 3 && raw[3] == 4
                ? Packing.ZIP
                : Packing.NONE;
    }

    private static InputStream unpacked(Path file, Packing packing) throws IOException, RowFault {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BEGINNING);
        try {
            return switch (packing) {
                case NONE -> raw;
                case GZIP -> new GZIPInputStream(raw, BEGINNING);
                case ZIP -> onlyEntry(file, raw);
            };
        } catch (IOException | RowFault unusable) {
            raw.close();
            throw unusable;
        }
    }

    private static InputStream onlyEntry(Path file, InputStream raw) throws IOException, RowFault {
        try (ZipInputStream all = new ZipInputStream(Files.newInputStream(file))) {
            int files = 0;
            for (ZipEntry entry = all.getNextEntry(); entry != null; entry = all.getNextEntry()) {
                if (entry.getName().equals("[Content_Types].xml")) {
                    throw new RowFault("it is a spreadsheet; save it as CSV");
                }
                files += isData(entry) ? 1 : 0;
            }
            if (files != 1) {
                throw new RowFault("the archive holds " + files + " files; unpack the one that is meant");
            }
        }
        ZipInputStream zip = new ZipInputStream(raw);
        ZipEntry entry = zip.getNextEntry();
        while (entry != null && !isData(entry)) {
            entry = zip.getNextEntry();
        }
        return zip;
    }

    private static boolean isData(ZipEntry entry) {
        return !entry.isDirectory() && !entry.getName().startsWith("__MACOSX");
    }

    private static @Nullable Charset byMark(byte[] text) {
        if (startsWith(text, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(text, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(text, 0xfe, 0xff) ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean startsWith(byte[] text, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (text.length <= i || (text[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset guess(byte[] text) {
        int pairs = Math.min(text.length, 512) / 2;
        int evenZeros = 0;
        int oddZeros = 0;
        for (int i = 0; i < pairs; i++) {
            evenZeros += text[2 * i] == 0 ? 1 : 0;
            oddZeros += text[2 * i + 1] == 0 ? 1 : 0;
        }
        if (pairs > 4 && oddZeros * 2 > pairs) {
            return StandardCharsets.UTF_16LE;
        }
        if (pairs > 4 && evenZeros * 2 > pairs) {
            return StandardCharsets.UTF_16BE;
        }
        if (decodes(text, StandardCharsets.UTF_8)) {
            return StandardCharsets.UTF_8;
        }
        return decodes(text, GB18030)
                        && CHINESE_HEADER.matcher(new String(text, GB18030)).find()
                ? GB18030
                : WINDOWS_1252;
    }

    /** The last few bytes may be the beginning of a character that was cut. */
    private static boolean decodes(byte[] text, Charset charset) {
        for (int cut = 0; cut <= Math.min(3, text.length); cut++) {
            try {
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(text, 0, text.length - cut));
                return true;
            } catch (CharacterCodingException notThis) {
                if (text.length < BEGINNING) {
                    return false;
                }
            }
        }
        return false;
    }
}
