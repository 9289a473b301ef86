/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import java.util.List;

/** A module whose objects each serve several of James's interfaces. */
abstract class SingletonsModule extends AbstractModule {

    /** One object serves all of its interfaces. */
    final <T> void single(Class<T> implementation, List<Class<? super T>> faces) {
        bind(implementation).in(Scopes.SINGLETON);
        faces.forEach(face -> bind(face).to(implementation));
    }

    final <T> void single(Class<T> implementation, Class<? super T> face) {
        single(implementation, List.of(face));
    }

    final void single(Class<?> implementation) {
        bind(implementation).in(Scopes.SINGLETON);
    }
}
