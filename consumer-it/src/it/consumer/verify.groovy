// The two consumers without Micrometer print what the README says.
def expected = new File(basedir, 'expected.txt').getText('UTF-8').trim()
def printed = new File(basedir, 'build.log').getText('UTF-8')
def times = printed.split(java.util.regex.Pattern.quote(expected), -1).length - 1
assert times == 2 : "the README's result was printed ${times} times, not once by each consumer"
assert printed.contains('metered: 1 local answers') : 'Micrometer was not told on the module path'

// And the one with the simulated model what stands below its lines.
def ofModel = new File(basedir, 'expected-of-model.txt').getText('UTF-8').trim()
assert printed.contains(ofModel) : 'the simulated model did not print what the README says'

// What is published needs no parent. The two others are here because Maven needs them for this check.
new File(basedir, '../../local-repo/io/github/hybridinference').eachFileRecurse { file ->
    if (file.name.endsWith('.pom') && !(file.name =~ /^hybrid-(parent|consumer-it)-/)) {
        assert !file.getText('UTF-8').contains('<parent>') : "${file.name} names a parent"
    }
}

['openai-java', 'langchain4j', 'spring-ai'].each { client ->
    assert printed.contains("${client}: REMOTE") : "no model answered through ${client}"
}

return true // the value of the last statement would be taken for the outcome
