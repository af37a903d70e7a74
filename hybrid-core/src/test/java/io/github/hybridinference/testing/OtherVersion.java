package io.github.hybridinference.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Another version of libraries than the one that our classes are compiled against, to find out whether they would link with
 * it, in the manner of Animal Sniffer: which fields, methods and classes they refer to that it does not have.
 */
public final class OtherVersion {
    private final Map<String, ClassFile> classes = new TreeMap<>();

    private OtherVersion() {}

    /**
     * Reads libraries.
     *
     * @param folder holds their jars
     * @return what they declare
     */
    public static OtherVersion in(Path folder) {
        OtherVersion all = new OtherVersion();
        for (Path jar : files(folder, ".jar")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream()
                        .filter(each -> each.getName().endsWith(".class"))
                        .toList()) {
                    all.add(zip.getInputStream(entry).readAllBytes());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return all;
    }

    static OtherVersion of(Collection<byte[]> classFiles) {
        OtherVersion all = new OtherVersion();
        classFiles.forEach(all::add);
        return all;
    }

    private void add(byte[] classFile) {
        ClassFile parsed = ClassFile.parse(classFile, false);
        classes.put(parsed.name(), parsed);
    }

    /**
     * Finds what our classes refer to and these libraries do not have.
     *
     * @param compiled the folder of our class files
     * @param packages the beginnings of the names of the libraries' classes, such as {@code io/netty/}
     * @return each class, field and method that is absent, with the class of ours that refers to it
     */
    public Set<String> absentFor(Path compiled, List<String> packages) {
        return absentFor(
                files(compiled, ".class").stream().map(OtherVersion::read).toList(), packages);
    }

    Set<String> absentFor(List<byte[]> ours, List<String> packages) {
        Map<String, ClassFile> known = new TreeMap<>(classes);
        List<ClassFile> users =
                ours.stream().map(each -> ClassFile.parse(each, true)).toList();
        users.forEach(each -> known.put(each.name(), each));
        Set<String> absent = new TreeSet<>();
        for (ClassFile user : users) {
            for (String name : user.classes()) {
                if (isIn(packages, name) && !known.containsKey(name)) {
                    absent.add(name + " (in " + user.name() + ")");
                }
            }
            for (ClassFile.Reference reference : user.references()) {
                boolean concernsUs = isIn(packages, reference.owner()) || known.containsKey(reference.owner());
                if (concernsUs && !has(known, packages, reference.owner(), reference.member())) {
                    absent.add(reference.owner() + "." + reference.member() + " (in " + user.name() + ")");
                }
            }
        }
        return absent;
    }

    private static boolean isIn(List<String> packages, String name) {
        return packages.stream().anyMatch(name::startsWith);
    }

    /** Whether a class has a member, itself or from a parent. Parents from elsewhere are those of the class path. */
    private static boolean has(Map<String, ClassFile> known, List<String> packages, String name, String member) {
        ClassFile here = known.get(name);
        if (here == null) {
            return !isIn(packages, name) && isOnTheClassPath(name, member);
        }
        return here.members().contains(member)
                || here.parents().stream().anyMatch(parent -> has(known, packages, parent, member));
    }

    private static boolean isOnTheClassPath(String name, String member) {
        try {
            return hasNow(Class.forName(name.replace('/', '.'), false, OtherVersion.class.getClassLoader()), member);
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static boolean hasNow(@Nullable Class<?> type, String member) {
        return type != null
                && (Stream.of(type.getDeclaredMethods())
                                .anyMatch(each -> member.equals(
                                        described(each.getName(), each.getReturnType(), each.getParameterTypes())))
                        || Stream.of(type.getDeclaredConstructors())
                                .anyMatch(each ->
                                        member.equals(described("<init>", void.class, each.getParameterTypes())))
                        || Stream.of(type.getDeclaredFields())
                                .anyMatch(each -> member.equals(
                                        each.getName() + " " + each.getType().descriptorString()))
                        || hasNow(type.getSuperclass(), member)
                        || Stream.of(type.getInterfaces()).anyMatch(each -> hasNow(each, member)));
    }

    private static String described(String name, Class<?> returned, Class<?>... parameters) {
        return name + " " + MethodType.methodType(returned, parameters).toMethodDescriptorString();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found =
                    all.filter(each -> each.toString().endsWith(ending)).toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("no " + ending + " in " + folder);
            }
            return found;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
