// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/** Calls and method references, by the name of what they lead to. */
final class Access {

    private Access() {}

    /** An access to one of these members, each written as {@code package.Class.member}; constructors are {@code <init>}. */
    static DescribedPredicate<JavaAccess<?>> to(String... members) {
        Set<String> names = Set.of(members);
        return DescribedPredicate.describe(
                "one of " + String.join(", ", members),
                access -> names.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
    }

    /** An access to a member of that name of any class of a package. */
    static DescribedPredicate<JavaAccess<?>> toMember(String name, String packageName) {
        return DescribedPredicate.describe(
                packageName + ".*." + name,
                access -> access.getTargetOwner().getPackageName().equals(packageName)
                        && access.getTarget().getName().equals(name));
    }
}
