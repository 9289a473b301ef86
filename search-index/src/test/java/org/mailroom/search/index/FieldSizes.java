/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SlowCodecReaderWrapper;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** What each field of an index takes on disk, found by writing it again alone. */
final class FieldSizes {
    private FieldSizes() {}

    /** By field, then by the ending of the file; in octets. */
    static Map<String, Map<String, Long>> of(Path index) throws IOException {
        Map<String, Map<String, Long>> sizes = new TreeMap<>();
        try (Directory directory = FSDirectory.open(index);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                CodecReader codec = SlowCodecReaderWrapper.wrap(leaf.reader());
                for (FieldInfo field : codec.getFieldInfos()) {
                    alone(codec, field)
                            .forEach((ending, size) -> sizes.computeIfAbsent(field.name, name -> new TreeMap<>())
                                    .merge(ending, size, Long::sum));
                }
            }
        }
        return sizes;
    }

    private static Map<String, Long> alone(CodecReader codec, FieldInfo field) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Directory directory = new ByteBuffersDirectory()) {
            IndexWriterConfig config = new IndexWriterConfig(null)
                    .setCodec(new IndexCodec())
                    .setUseCompoundFile(false)
                    .setMergePolicy(NoMergePolicy.INSTANCE);
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                writer.addIndexes(new OneField(codec, field));
            }
            for (String file : directory.listAll()) {
                String ending = IndexFileNames.getExtension(file);
                if (ending != null
                        && !List.of("si", "fnm", "cfe", "cfs", "fdt", "fdm", "fdx")
                                .contains(ending)) {
                    sizes.put(ending, directory.fileLength(file));
                }
            }
        }
        return sizes;
    }

    /** A segment of which only one field is seen. */
    private static final class OneField extends FilterCodecReader {
        private final FieldInfos infos;
        private final String name;

        OneField(CodecReader in, FieldInfo field) {
            super(in);
            this.infos = new FieldInfos(new FieldInfo[] {field});
            this.name = field.name;
        }

        @Override
        public FieldInfos getFieldInfos() {
            return infos;
        }

        @Override
        public FieldsProducer getPostingsReader() {
            FieldsProducer all = super.getPostingsReader();
            return new FieldsProducer() {
                @Override
                public Iterator<String> iterator() {
                    return List.of(name).iterator();
                }

                @Override
                public Terms terms(String field) throws IOException {
                    return all.terms(field);
                }

                @Override
                public int size() {
                    return 1;
                }

                @Override
                public void checkIntegrity() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public CacheHelper getCoreCacheHelper() {
            return in.getCoreCacheHelper();
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return in.getReaderCacheHelper();
        }
    }
}
