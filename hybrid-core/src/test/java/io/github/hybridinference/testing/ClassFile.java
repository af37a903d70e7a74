package io.github.hybridinference.testing;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What linking has to know of a class file. Names are those of the class file format, such as {@code java/lang/String}.
 *
 * @param name its name
 * @param parents its superclass and its interfaces
 * @param members its fields and methods, as name and descriptor
 * @param classes the classes that it refers to
 * @param references the fields and methods that it refers to
 */
record ClassFile(
        String name, List<String> parents, Set<String> members, Set<String> classes, Set<Reference> references) {

    /** A field or method, as name and descriptor, of a class or one of its parents. */
    record Reference(String owner, String member) {}

    private static final int PUBLIC_OR_PROTECTED = 5;

    /**
     * Parses a class file.
     *
     * @param hidden whether to include the members that only its own package can use
     */
    static ClassFile parse(byte[] bytes, boolean hidden) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.skipNBytes(8); // magic number and version
            Pool pool = Pool.read(in);
            in.skipNBytes(2); // access flags
            String name = pool.text(pool.first(in.readUnsignedShort()));
            List<String> parents = new ArrayList<>();
            int parent = in.readUnsignedShort();
            if (parent != 0) { // it is for java.lang.Object and for module-info
                parents.add(pool.text(pool.first(parent)));
            }
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                parents.add(pool.text(pool.first(in.readUnsignedShort())));
            }
            Set<String> members = new TreeSet<>();
            readMembers(in, pool, hidden, members); // fields
            readMembers(in, pool, hidden, members); // methods
            return new ClassFile(name, parents, members, pool.classes(), pool.references());
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not a class file", malformed);
        }
    }

    private static void readMembers(DataInputStream in, Pool pool, boolean hidden, Set<String> into)
            throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            boolean usable = (in.readUnsignedShort() & PUBLIC_OR_PROTECTED) != 0 || hidden;
            String member = pool.text(in.readUnsignedShort()) + " " + pool.text(in.readUnsignedShort());
            if (usable) {
                into.add(member);
            }
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(in.readInt());
            }
        }
    }

    /** The constant pool, which holds everything that a class refers to. */
    private static final class Pool {
        private static final int TEXT = 1;
        private static final int CLASS = 7;
        private static final int FIELD = 9;
        private static final int INTERFACE_METHOD = 11;

        private final int[] tags;
        private final int[] firsts;
        private final int[] seconds;
        private final String[] texts;

        private Pool(int count) {
            tags = new int[count];
            firsts = new int[count];
            seconds = new int[count];
            texts = new String[count];
        }

        static Pool read(DataInputStream in) throws IOException {
            int count = in.readUnsignedShort();
            Pool pool = new Pool(count);
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                pool.tags[i] = tag;
                switch (tag) {
                    case TEXT -> pool.texts[i] = in.readUTF();
                    case 3, 4 -> in.skipNBytes(4); // int, float
                    case 5, 6 -> { // long, double
                        in.skipNBytes(8);
                        i++;
                    }
                    case 15 -> in.skipNBytes(3); // method handle
                    case CLASS, 8, 16, 19, 20 -> pool.firsts[i] = in.readUnsignedShort();
                    default -> {
                        pool.firsts[i] = in.readUnsignedShort();
                        pool.seconds[i] = in.readUnsignedShort();
                    }
                }
            }
            return pool;
        }

        int first(int index) {
            return firsts[index];
        }

        String text(int index) {
            return texts[index];
        }

        Set<String> classes() {
            Set<String> found = new TreeSet<>();
            for (int i = 1; i < tags.length; i++) {
                if (tags[i] == CLASS) {
                    String name = text(first(i));
                    found.add(name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name);
                }
            }
            return found;
        }

        Set<Reference> references() {
            Set<Reference> found = new HashSet<>();
            for (int i = 1; i < tags.length; i++) {
                if (tags[i] >= FIELD && tags[i] <= INTERFACE_METHOD) {
                    int member = seconds[i];
                    found.add(new Reference(text(first(first(i))), text(firsts[member]) + " " + text(seconds[member])));
                }
            }
            return found;
        }
    }
}
