/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionHealthTest {

    @Test
    void connectionsOfThisJamesCanBeReached() {
        assertThat(new ConnectionHealth().facts()).isEmpty();
    }

    @Test
    void whatCannotBeReachedIsNamed() {
        assertThat(new ConnectionHealth(Optional.of(new NoSuchFieldException("channel"))).facts())
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.degrades()).isTrue();
                    assertThat(fact.text()).contains("channel").contains("version of James");
                });
    }
}
