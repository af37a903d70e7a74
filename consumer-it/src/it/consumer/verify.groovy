// The two consumers without Micrometer print what the README says.
def expected = new File(basedir, 'expected.txt').getText('UTF-8').trim()
def printed = new File(basedir, 'build.log').getText('UTF-8')
def times = printed.split(java.util.regex.Pattern.quote(expected), -1).length - 1
assert times == 2 : "the README's result was printed ${times} times, not once by each consumer"
assert printed.contains('metered: 1 local answers') : 'Micrometer was not told on the module path'

// And the one with the simulated model what stands below its lines.
def ofModel = new File(basedir, 'expected-of-model.txt').getText('UTF-8').trim()
assert printed.contains(ofModel) : 'the simulated model did not print what the README says'

// What would be published needs no parent.
new File(basedir, '../../local-repo/io/github/hybridinference').eachFileRecurse { file ->
    if (file.name.startsWith('hybrid-') && file.name.endsWith('.pom') && !file.name.startsWith('hybrid-parent')) {
        assert !file.getText('UTF-8').contains('<parent>') : "${file.name} names a parent"
    }
}
