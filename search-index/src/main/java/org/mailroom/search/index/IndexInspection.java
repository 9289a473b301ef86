/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.index.UserIndex.Incomplete;

/** What administrators want to know of an index besides what it finds. */
final class IndexInspection {
    private IndexInspection() {}

    static IndexFigures figures(DirectoryReader reader, Path path) throws IOException {
        long words = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            for (String field : Fields.TEXT) {
                Terms terms = leaf.reader().terms(field);
                words += terms == null ? 0 : Math.max(0, terms.size());
            }
        }
        return new IndexFigures(
                reader.numDocs(),
                reader.numDeletedDocs(),
                words,
                reader.leaves().size(),
                octets(path));
    }

    /** The size of all files in a directory; those that are deleted meanwhile count for nothing. */
    static long octets(Path directory) throws IOException {
        long octets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                try {
                    octets += Files.size(file);
                } catch (NoSuchFileException e) {
                    // Lucene deletes files of segments that were merged
                }
            }
        } catch (NoSuchFileException e) {
            return 0;
        }
        return octets;
    }

    static Set<String> mailboxes(DirectoryReader reader) throws IOException {
        Set<String> mailboxes = new TreeSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(Fields.MAILBOX);
            if (terms != null) {
                TermsEnum all = terms.iterator();
                for (BytesRef term = all.next(); term != null; term = all.next()) {
                    String mailbox = term.utf8ToString();
                    if (!mailboxes.contains(mailbox)
                            && !MailboxDocuments.of(leaf.reader(), mailbox).scanIsEmpty()) {
                        mailboxes.add(mailbox);
                    }
                }
            }
        }
        return mailboxes;
    }

    static Incomplete incomplete(DirectoryReader reader, String mailbox, int max) throws IOException {
        List<Long> uids = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            addIncomplete(leaf.reader(), mailbox, uids);
        }
        Collections.sort(uids);
        return new Incomplete(uids.size(), List.copyOf(uids.subList(0, Math.min(max, uids.size()))));
    }

    private static void addIncomplete(LeafReader leaf, String mailbox, List<Long> uids) throws IOException {
        FixedBitSet incomplete = new FixedBitSet(leaf.maxDoc());
        for (String state : List.of(Fields.INCOMPLETE_HEADER, Fields.INCOMPLETE_BODY)) {
            PostingsEnum postings = leaf.postings(new Term(Fields.STATE, state), PostingsEnum.NONE);
            if (postings != null) {
                incomplete.or(postings);
            }
        }
        incomplete.and(MailboxDocuments.of(leaf, mailbox));
        NumericDocValues values = DocValues.getNumeric(leaf, Fields.UID);
        for (int doc = LeafValues.after(incomplete, -1);
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = LeafValues.after(incomplete, doc)) {
            if (values.advanceExact(doc)) {
                uids.add(values.longValue());
            }
        }
    }
}
