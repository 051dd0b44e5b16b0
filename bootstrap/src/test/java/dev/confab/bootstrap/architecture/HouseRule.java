package dev.confab.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One rule.
 *
 * @param name what holds when the rule is kept
 * @param rule the rule itself
 * @param subjects the classes it speaks of; a rule without any would keep itself
 * @param breakers simple names of the fixtures that break it, each of them
 */
record HouseRule(String name, ArchRule rule, DescribedPredicate<JavaClass> subjects, List<String> breakers) {

    @Override
    public String toString() {
        return name;
    }
}
