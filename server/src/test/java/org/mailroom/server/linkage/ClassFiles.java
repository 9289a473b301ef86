/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class files by name: those of some JARs (the first has a class) and, behind them, the running JDK's. For one thread. */
final class ClassFiles implements AutoCloseable {
    private static final Set<String> PACKAGES_OF_JDK = ModuleFinder.ofSystem().findAll().stream()
            .flatMap(module -> module.descriptor().packages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final List<JarFile> jars = new ArrayList<>();
    private final Map<String, JarFile> places = new HashMap<>();
    private final Map<String, Optional<ClassFile>> read = new HashMap<>();

    ClassFiles(Collection<Path> files) throws IOException {
        for (Path file : files) {
            JarFile jar = new JarFile(file.toFile());
            jars.add(jar);
            classes(jar).forEach(name -> places.putIfAbsent(name, jar));
        }
    }

    /** The JARs of a directory. */
    static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The classes of one JAR; those for newer releases of Java are left out.
     *
     * @param referring the names of those whose references are asked for
     */
    static Map<String, ClassFile> of(Path file, Predicate<String> referring) throws IOException {
        Map<String, ClassFile> classes = new LinkedHashMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (String name : classes(jar)) {
                try (InputStream in = jar.getInputStream(jar.getJarEntry(name + ".class"))) {
                    classes.put(name, referring.test(name) ? ClassFile.withReferences(in) : ClassFile.declarations(in));
                }
            }
        }
        return classes;
    }

    private static List<String> classes(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .toList();
    }

    Optional<ClassFile> find(String name) {
        return read.computeIfAbsent(name, this::read);
    }

    /** Whether it is a class of the JDK. */
    static boolean ofJdk(String name) {
        String type = name.replace('/', '.');
        int end = type.lastIndexOf('.');
        return end > 0 && PACKAGES_OF_JDK.contains(type.substring(0, end));
    }

    private Optional<ClassFile> read(String name) {
        String entry = name + ".class";
        JarFile jar = places.get(name);
        try (InputStream in = jar == null
                ? ClassLoader.getPlatformClassLoader().getResourceAsStream(entry)
                : jar.getInputStream(jar.getJarEntry(entry))) {
            return in == null ? Optional.empty() : Optional.of(ClassFile.declarations(in));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + entry, e);
        }
    }

    /** All classes and interfaces that {@code type} is, itself first, superclasses before interfaces; also those not found. */
    Set<String> supertypes(ClassFile type) {
        Set<String> all = new LinkedHashSet<>();
        for (Optional<ClassFile> one = Optional.of(type); one.isPresent(); ) {
            all.add(one.get().name());
            one.get().superclass().ifPresent(all::add);
            one = one.get().superclass().flatMap(this::find);
        }
        for (String name : List.copyOf(all)) {
            Optional<ClassFile> file = name.equals(type.name()) ? Optional.of(type) : find(name);
            file.ifPresent(found -> found.interfaces().forEach(face -> addInterface(face, all)));
        }
        return all;
    }

    private void addInterface(String name, Set<String> all) {
        if (all.add(name)) {
            find(name).ifPresent(found -> found.interfaces().forEach(face -> addInterface(face, all)));
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : jars) {
            jar.close();
        }
    }
}
