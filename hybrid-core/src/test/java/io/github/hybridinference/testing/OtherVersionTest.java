package io.github.hybridinference.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A class of ours against a library, both of which are nested here. */
class OtherVersionTest {
    private static final String LIBRARY = "io/github/hybridinference/testing/OtherVersionTest$Library";
    private static final List<String> PACKAGES = List.of(LIBRARY);

    static class LibraryParent {
        protected static int inherited;

        void hidden() {}
    }

    static final class LibraryChild extends LibraryParent {
        public static int get() {
            return inherited;
        }
    }

    static final class UsesAll {
        static String use() {
            LibraryChild child = new LibraryChild();
            return String.valueOf(child.hashCode() + LibraryChild.get() + LibraryChild.inherited);
        }
    }

    static final class UsesAHiddenOne {
        static void use(LibraryChild child) {
            child.hidden();
        }
    }

    static final class Extends extends LibraryParent {
        String use() {
            return toString() + inherited;
        }
    }

    @Test
    void findsNothingIfTheLibraryHasAll() {
        // the constructors are not public here, as those of a library would be
        assertThat(absent(UsesAll.class, LibraryParent.class, LibraryChild.class))
                .allSatisfy(each -> assertThat(each).contains("<init>"));
        assertThat(absent(Extends.class, LibraryParent.class))
                .allSatisfy(each -> assertThat(each).contains("<init>"));
    }

    @Test
    void findsAClassThatIsAbsent() {
        assertThat(absent(UsesAll.class, LibraryParent.class))
                .contains(LIBRARY + "Child (in " + name(UsesAll.class) + ")");
    }

    @Test
    void findsAMemberThatIsHidden() {
        assertThat(absent(UsesAHiddenOne.class, LibraryParent.class, LibraryChild.class))
                .containsExactly(LIBRARY + "Child.hidden ()V (in " + name(UsesAHiddenOne.class) + ")");
    }

    @Test
    void findsAnInheritedFieldThatIsAbsent() {
        assertThat(absent(UsesAll.class, LibraryChild.class))
                .contains(LIBRARY + "Child.inherited I (in " + name(UsesAll.class) + ")");
        assertThat(absent(Extends.class, LibraryChild.class))
                .contains(name(Extends.class) + ".inherited I (in " + name(Extends.class) + ")");
    }

    private static Set<String> absent(Class<?> user, Class<?>... library) {
        return OtherVersion.of(
                        Arrays.stream(library).map(OtherVersionTest::bytes).toList())
                .absentFor(List.of(bytes(user)), PACKAGES);
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getResourceAsStream("/" + name(type) + ".class")) {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
