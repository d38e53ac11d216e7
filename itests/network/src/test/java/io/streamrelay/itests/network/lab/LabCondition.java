// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks whether this machine can hold a lab. */
final class LabCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("its class is");
        }
        Verdict verdict = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LabCondition.class))
                .getOrComputeIfAbsent(Verdict.class, key -> new Verdict(LabNeeds.lacking()), Verdict.class);
        verdict.lacking().ifPresent(what -> System.err.println(context.getDisplayName() + " cannot run: " + what));
        return verdict.lacking()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("this machine can hold a lab"));
    }

    /** Found once in a run, for the trial's namespace has a name. */
    private record Verdict(Optional<String> lacking) {}
}
