/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentDateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tue, 5 Mar 2002 23:30:00 -0500 | 2002-03-05",
                "Tue, 05 Mar 2002 23:30:00 +1400 (XYZ) | 2002-03-05",
                "5 Mar 2002 00:00 GMT | 2002-03-05",
                "Sun, 5 Mar 2002 12:00:00 +0000 | 2002-03-05",
                "Tue , 5  Mar   2002 12 : 00 : 00 | 2002-03-05",
                "Tue, 5 March 2002 12:00:00 | 2002-03-05",
                "Thursday, 5 Sept 2002 12:00 | 2002-09-05",
                "Tue, 5 MAR 02 12:00:00 EST | 2002-03-05",
                "Tue, 5 Mar 99 12:00:00 EST | 1999-03-05",
                "Tue, 5 Mar 50 12:00:00 EST | 1950-03-05",
                "Tue, 5 Mar 49 12:00:00 EST | 2049-03-05",
                "Tue, 5 Mar 102 12:00:00 EST | 2002-03-05",
                "Tue, 5 Mar 2002 | 2002-03-05",
                "Tue (a (nested) comment 7 Apr 1999), 5 (day) Mar 2002 12:00 | 2002-03-05",
                "Tue Mar  5 12:00:00 2002 | 2002-03-05",
                "Tue Mar 5 12:00:00 EST 2002 | 2002-03-05",
                "Tue Mar 05 12:00:00 GMT+01:00 2002 | 2002-03-05",
                "Tue, Mar 5, 2002 12:00 PM | 2002-03-05",
                "March 5th, 2002 | 2002-03-05",
                "5-Mar-2002 12:00:00 +0000 | 2002-03-05",
                "5-Mar-02 | 2002-03-05",
                "Tue, 5Mar2002 | 2002-03-05",
                "2002-03-05T12:00:00Z | 2002-03-05",
                "2002-03-05 12:00 | 2002-03-05",
                "2002/3/5 | 2002-03-05",
                "Thu, 29 Feb 2024 12:00:00 | 2024-02-29",
                "'Tue,\r\r\n   5\r\r\n          Mar\r\n            2002\t          12:00' | 2002-03-05",
                "Tue Mar 05 2002 12:00:00 GMT+0200 (EET) | 2002-03-05",
            })
    void readsTheDateAsItIsWritten(String value, LocalDate date) {
        assertThat(SentDate.read(value)).contains(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Fri, 30 Feb 2024 12:00:00",
                "Tue, 32 Mar 2002",
                "12:00:00",
                "5 Xyz 2002",
                "03/05/2002",
                "Tue, 5 Mar",
                "0 Jan 2002",
                "2002-13-01",
                "=?utf-8?q?x?="
            })
    void readsNoDateWhereThereIsNone(String value) {
        assertThat(SentDate.read(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 ", "1 Jan ", "(", "1-", "Jan 1 1:1 a "})
    void takesLittleTimeWhateverIsRepeated(String piece) {
        String hostile = piece.repeat(100_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> SentDate.read(hostile));
    }
}
