/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * A program for {@link DropInJarsIT}: with James's Lucene on the class path, loads the plugin's JAR as James does, and writes
 * and reads an index with the Lucene inside. Arguments: the JAR, a directory for the index.
 */
final class IndexBesideOldLucene {
    private static final String LUCENE = "org.mailroom.shaded.lucene.";

    private IndexBesideOldLucene() {}

    public static void main(String[] arguments) throws Exception {
        Class<?> old = Class.forName("org.apache.lucene.LucenePackage");
        System.out.println("old Lucene " + old.getPackage().getImplementationVersion());
        URL jar = Path.of(arguments[0]).toUri().toURL();
        try (URLClassLoader extensions =
                new URLClassLoader(new URL[] {jar}, IndexBesideOldLucene.class.getClassLoader())) {
            index(extensions, Path.of(arguments[1]));
        }
    }

    private static void index(ClassLoader loader, Path path) throws ReflectiveOperationException {
        Class<?> directoryType = loader.loadClass(LUCENE + "store.Directory");
        Object directory = loader.loadClass(LUCENE + "store.FSDirectory")
                .getMethod("open", Path.class)
                .invoke(null, path);
        Class<?> configType = loader.loadClass(LUCENE + "index.IndexWriterConfig");
        Class<?> writerType = loader.loadClass(LUCENE + "index.IndexWriter");
        Object writer = writerType
                .getConstructor(directoryType, configType)
                .newInstance(directory, configType.getConstructor().newInstance());
        Object document =
                loader.loadClass(LUCENE + "document.Document").getConstructor().newInstance();
        writerType.getMethod("addDocument", Iterable.class).invoke(writer, document);
        writerType.getMethod("close").invoke(writer);
        Class<?> readerType = loader.loadClass(LUCENE + "index.DirectoryReader");
        Object reader = readerType.getMethod("open", directoryType).invoke(null, directory);
        System.out.println("documents " + readerType.getMethod("numDocs").invoke(reader));
    }
}
