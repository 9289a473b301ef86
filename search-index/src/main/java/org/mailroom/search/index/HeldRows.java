/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.lucene.util.BytesRef;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.order.OrderValues;

/**
 * The messages that no reader has yet ({@link UnrefreshedChanges}): a few.
 *
 * @param values of each of them, by ascending uid
 * @param rows of each of them
 */
record HeldRows(List<OrderValues> values, int[] rows) implements OrderedRows {
    @Override
    public void fill(String field, long factor, long[] column, SearchControl control) {
        Function<OrderValues, OptionalLong> number = Objects.requireNonNull(OrderFields.NUMBERS.get(field), field);
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            number.apply(values.get(i)).ifPresent(value -> column[row] = factor * value);
        }
    }

    @Override
    public GlobalOrdinals.Strings strings(String field, SearchControl control) {
        List<BytesRef> strings = values.stream()
                .map(OrderFields.STRINGS.get(field))
                .map(BytesRef::new)
                .toList();
        BytesRef[] distinct = strings.stream()
                .filter(string -> string.length > 0)
                .sorted()
                .distinct()
                .toArray(BytesRef[]::new);
        int[] ordinals = strings.stream()
                .mapToInt(string -> Arrays.binarySearch(distinct, string))
                .map(found -> Math.max(found, -1))
                .toArray();
        return new GlobalOrdinals.Strings(rows, ordinals, distinct.length, ordinal -> distinct[ordinal]);
    }

    @Override
    public Ancestries ancestries() {
        return message -> {
            OrderValues of = values.get(message);
            return AncestryBytes.of(of.ancestry(), of.reply()).orElse(AncestryBytes.NONE);
        };
    }
}
