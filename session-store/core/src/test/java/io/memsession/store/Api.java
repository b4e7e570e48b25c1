package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a module offers to those who compile against it: each public type and its public and protected members, a line
 * each, held against the list in the folder {@code api}.
 */
public final class Api {
    private static final int SEEN = Modifier.PUBLIC | Modifier.PROTECTED;

    /** Whether a type has its own of them is no promise. */
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private Api() {}

    /**
     * Fails with what differs from {@code api/<artifact>.txt}; with the system property {@code api.update} it writes
     * that file instead.
     *
     * @param artifact the module
     * @param anyType a type of the module, in the first of its packages
     * @param morePackages the other packages that are API
     */
    public static void check(String artifact, Class<?> anyType, String... morePackages) {
        List<String> packages = new ArrayList<>(List.of(anyType.getPackageName()));
        packages.addAll(List.of(morePackages));
        List<String> now =
                packages.stream().flatMap(each -> lines(anyType, each)).toList();
        try {
            Path list = Documents.root().resolve("api").resolve(artifact + ".txt");
            if (System.getProperty("api.update") != null) {
                Files.writeString(list, String.join("\n", now) + "\n");
            }
            List<String> committed = Files.readAllLines(list);
            assertThat(differences(committed, now))
                    .as("the API of %s against %s; if the change is meant, see docs/releasing.md", artifact, list)
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> differences(List<String> committed, List<String> now) {
        Stream<String> gone =
                committed.stream().filter(line -> !now.contains(line)).map(line -> "gone: " + line);
        Stream<String> added =
                now.stream().filter(line -> !committed.contains(line)).map(line -> "new: " + line);
        return Stream.concat(gone, added).toList();
    }

    private static Stream<String> lines(Class<?> anyType, String packageName) {
        return types(anyType, packageName)
                .filter(Api::isSeen)
                .flatMap(type -> Stream.concat(Stream.of(type(type)), members(type)));
    }

    private static Stream<Class<?>> types(Class<?> anyType, String packageName) {
        try (Stream<Path> files = Files.list(Path.of(anyType.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(packageName.replace('.', '/')))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
                    .map(name -> packageName + "." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
            List<Class<?>> types = new ArrayList<>();
            for (String name : names) {
                types.add(Class.forName(name, false, anyType.getClassLoader()));
            }
            return types.stream();
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSeen(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        boolean named = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
        return named && (type.getModifiers() & SEEN) != 0 && (outer == null || isSeen(outer));
    }

    private static String type(Class<?> type) {
        String above = type.getGenericSuperclass() == null || type.getSuperclass() == Object.class
                ? ""
                : " extends " + type.getGenericSuperclass().getTypeName();
        String also = Arrays.stream(type.getGenericInterfaces())
                .map(Type::getTypeName)
                .sorted()
                .collect(Collectors.joining(", "));
        int modifiers = type.getModifiers() & ~Modifier.INTERFACE & ~Modifier.STATIC;
        return Modifier.toString(modifiers) + " " + kind(type) + " " + type.getName() + variables(type) + above
                + (also.isEmpty() ? "" : " with " + also);
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
    }

    private static String variables(GenericDeclaration declared) {
        String variables = Arrays.stream(declared.getTypeParameters())
                .map(variable -> variable + " extends "
                        + Arrays.stream(variable.getBounds())
                                .map(Type::getTypeName)
                                .collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(", "));
        return variables.isEmpty() ? "" : "<" + variables + ">";
    }

    /** Those of its own, and of what it extends unseen. */
    private static Stream<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        Class<?> from = type;
        do {
            for (var field : from.getDeclaredFields()) {
                addIfSeen(members, field, field.toGenericString());
            }
            for (var constructor : from == type ? from.getDeclaredConstructors() : new Executable[0]) {
                addIfSeen(members, constructor, constructor.toGenericString());
            }
            for (var method : from.getDeclaredMethods()) {
                addIfSeen(members, method, method.toGenericString());
            }
            from = from.getSuperclass();
        } while (from != null && !isSeen(from));
        return members.stream().distinct().sorted();
    }

    private static void addIfSeen(List<String> members, Member member, String signature) {
        boolean ofEveryObject = OF_EVERY_OBJECT.contains(member.getName());
        if (!member.isSynthetic() && !ofEveryObject && (member.getModifiers() & SEEN) != 0) {
            members.add("  " + signature.replaceAll("\\b(synchronized|transient|volatile|native) ", ""));
        }
    }
}
