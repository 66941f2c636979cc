// What a careless minifier takes for a comment, a string or a division. Told line by line, and told the same when minified.
/* A block with ' and ` and "
   over several lines. */
const told = []
const tell = (it) => told.push(it)

tell('http://x.no/* none */ // nor this')
tell("/* in */ 'a'   // b")
tell("a /**/ b")
tell("line\
   continued // here")
tell(`a // template
    with its indentation
  /* and what looks like a comment */   ${1 + 1 /* which this is */}   end`)
tell(`a ${[1, 2].map((n) => `<i>${n}</i>`).join(' // ')}   b`)
tell(String.raw`\n // ${'raw'}\``)

tell(/["'`]\/\/[/*]*\//g.source)
tell('a//b   c'.split(/\/\//).length)
tell(/[/]'\//.test("/'/"))
if (told) /'"/.test(`'"`) && tell('behind a condition   // kept')
const six = 6, g = 2, i = 1
tell(six / g / i)
tell((six) / g /i)
tell([six].map((n) => n / 2) /* a division */ + '   ')

class Held {
  #private = 1_000_000
  static #count = 0
  static { Held.#count = 0x1_0 }
  has(it) { return #private in it }
  get sum() { return this.#private + Held.#count }
  'quoted // name'() { return `/* ${this.sum} */` }
}
const held = new Held()
tell(held.sum)
tell(held.has(held))
tell(held['quoted // name']())
tell(held?.none?.[0]?.x ?? 'missing')
tell(six?.5:2)
tell(1_0.5e1)

let a = 1
let b = 2
a
++b
tell([a, b])
tell(a - -b + +a - --b)
const nothing = () => {
  return
  1
}
tell(nothing() === undefined)
tell(six
  /g/i)
held.later = function () { return 1 }
held.last ||= [...'ab'].at(-1)
tell(held.later() + held.last)

console.log(told.map((it) => JSON.stringify(it)).join('\n'))
