// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

/** What no main code does. */
record CalmCode(String... packages) {

    ArchRule noSleep() {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessTargetWhere(Access.to(Thread.class.getName() + ".sleep", TimeUnit.class.getName() + ".sleep"))
                .because("a sleeping thread neither stops nor reacts: wait on a condition, or schedule");
    }

    ArchRule noGlobalState() {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(packages)
                .and()
                .areStatic()
                .should()
                .beFinal()
                .because("two nodes run in one JVM: keep state in an object of the node");
    }
}
