/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** THREAD by RFC 5256 section 3, step by step, and REFS by draft-ietf-morg-inthread. Recurses. */
public final class PlainThreads {

    /** A message of the thread tree; a dummy has no message. */
    private static final class Node {
        private final Optional<PlainMessage> message;
        private Optional<Node> parent = Optional.empty();
        private final List<Node> children = new ArrayList<>();

        Node(Optional<PlainMessage> message) {
            this.message = message;
        }

        boolean isDummy() {
            return message.isEmpty();
        }

        boolean isDescendantOf(Node other) {
            return this == other
                    || parent.map(above -> above.isDescendantOf(other)).orElse(false);
        }

        void setParent(Node newParent) {
            leaveParent();
            parent = Optional.of(newParent);
            newParent.children.add(this);
        }

        void leaveParent() {
            parent.ifPresent(old -> old.children.remove(this));
            parent = Optional.empty();
        }

        /** The message itself, or the first child of a dummy. */
        PlainMessage representative() {
            return message.orElseGet(() -> children.get(0).message.get());
        }

        MessageThread thread() {
            return new MessageThread(
                    message.map(present -> OptionalLong.of(present.uid)).orElse(OptionalLong.empty()),
                    children.stream().map(Node::thread).toList());
        }

        Instant newest() {
            Instant newest = message.map(present -> present.internalDate).orElse(Instant.MIN);
            for (Node child : children) {
                newest = newest.isBefore(child.newest()) ? child.newest() : newest;
            }
            return newest;
        }

        /** The greatest uid among the newest. */
        long newestUid(Instant newest) {
            long uid = message.filter(present -> present.internalDate.equals(newest))
                    .map(present -> present.uid)
                    .orElse(0L);
            for (Node child : children) {
                uid = Math.max(uid, child.newestUid(newest));
            }
            return uid;
        }
    }

    private static final Comparator<Node> BY_SENT_DATE = Comparator.comparing(
                    (Node node) -> node.representative().sentDate())
            .thenComparingLong(node -> node.representative().uid);

    private PlainThreads() {}

    /** The threads of {@code messages}, whose uids ascend. */
    public static List<MessageThread> threads(List<PlainMessage> messages, ThreadAlgorithm algorithm) {
        return switch (algorithm) {
            case ORDEREDSUBJECT -> orderedSubject(messages);
            case REFERENCES -> {
                List<Node> top = prune(link(messages));
                sortSiblings(top);
                mergeBySubject(top);
                sortSiblings(top);
                yield top.stream().map(Node::thread).toList();
            }
            case REFS -> {
                List<Node> top = prune(link(messages));
                sortSiblings(top);
                top.sort(Comparator.comparing(Node::newest).thenComparing(node -> node.newestUid(node.newest())));
                yield top.stream().map(Node::thread).toList();
            }
        };
    }

    private static List<MessageThread> orderedSubject(List<PlainMessage> messages) {
        Map<String, List<PlainMessage>> threads = new HashMap<>();
        messages.forEach(message -> threads.computeIfAbsent(message.baseSubject(), subject -> new ArrayList<>())
                .add(message));
        Comparator<PlainMessage> bySentDate =
                Comparator.comparing(PlainMessage::sentDate).thenComparingLong(message -> message.uid);
        threads.values().forEach(thread -> thread.sort(bySentDate));
        return threads.values().stream()
                .sorted(Comparator.comparing(thread -> thread.get(0), bySentDate))
                .map(thread -> new MessageThread(
                        OptionalLong.of(thread.get(0).uid),
                        thread.subList(1, thread.size()).stream()
                                .map(message -> new MessageThread(OptionalLong.of(message.uid), List.of()))
                                .toList()))
                .toList();
    }

    /** Step 1; every node there is. */
    private static List<Node> link(List<PlainMessage> messages) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        Map<PlainMessage, Node> own = new HashMap<>();
        for (PlainMessage message : messages) {
            Node node = new Node(Optional.of(message));
            own.put(message, node);
            boolean first = message.messageId().isPresent()
                    && !nodes.containsKey(message.messageId().get());
            nodes.put(first ? message.messageId().get() : " unique " + message.uid, node);
        }
        for (PlainMessage message : messages) {
            Optional<Node> last = Optional.empty();
            // (A)
            for (String id : message.references()) {
                Node reference = nodes.computeIfAbsent(id, missing -> new Node(Optional.empty()));
                if (last.isPresent()
                        && reference.parent.isEmpty()
                        && !last.get().isDescendantOf(reference)) {
                    reference.setParent(last.get());
                }
                last = Optional.of(reference);
            }
            // (B)
            Node node = own.get(message);
            node.leaveParent();
            if (last.isPresent() && !last.get().isDescendantOf(node)) {
                node.setParent(last.get());
            }
        }
        return List.copyOf(nodes.values());
    }

    /** Steps 2 and 3. */
    private static List<Node> prune(List<Node> nodes) {
        List<Node> top = new ArrayList<>();
        nodes.stream().filter(node -> node.parent.isEmpty()).forEach(root -> {
            pruneBelow(root);
            if (!root.isDummy()) {
                top.add(root);
            } else if (root.children.size() == 1) {
                Node only = root.children.get(0);
                only.leaveParent();
                top.add(only);
            } else if (!root.children.isEmpty()) {
                top.add(root);
            }
        });
        return top;
    }

    private static void pruneBelow(Node node) {
        for (Node child : List.copyOf(node.children)) {
            pruneBelow(child);
            if (child.isDummy()) {
                child.leaveParent();
                List.copyOf(child.children).forEach(grandchild -> grandchild.setParent(node));
            }
        }
    }

    /** Steps 4 and 6: deepest first. */
    private static void sortSiblings(List<Node> siblings) {
        siblings.forEach(node -> sortSiblings(node.children));
        siblings.sort(BY_SENT_DATE);
    }

    /** Step 5. */
    private static void mergeBySubject(List<Node> top) {
        Map<String, Node> table = new HashMap<>();
        Map<Node, String> subjects = new HashMap<>();
        for (Node node : top) {
            String subject = node.representative().baseSubject();
            subjects.put(node, subject);
            if (subject.isEmpty()) {
                continue;
            }
            Node entered = table.get(subject);
            if (entered == null || !entered.isDummy() && (node.isDummy() || isReply(entered) && !isReply(node))) {
                table.put(subject, node);
            }
        }
        for (Node node : List.copyOf(top)) {
            String subject = subjects.get(node);
            if (subject.isEmpty() || table.get(subject) == node) {
                continue;
            }
            Node entered = table.get(subject);
            if (node.isDummy() && entered.isDummy()) {
                List.copyOf(node.children).forEach(child -> child.setParent(entered));
                top.remove(node);
            } else if (entered.isDummy() || isReply(node) && !isReply(entered)) {
                node.setParent(entered);
                top.remove(node);
            } else {
                Node dummy = new Node(Optional.empty());
                top.remove(node);
                top.remove(entered);
                node.setParent(dummy);
                entered.setParent(dummy);
                top.add(dummy);
                table.put(subject, dummy);
            }
        }
    }

    private static boolean isReply(Node node) {
        return node.message.map(PlainMessage::isReplyOrForward).orElse(false);
    }
}
