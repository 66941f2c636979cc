"""The kind `film`: everybody looks at a film on the big screen; phones show what is said in it, as text."""

from live.activities.kind import FormFields, Talk, Words
from live.i18n.catalogs import N_
from live.workshop.schema import COMMON, Attr, KindSchema


class Film(Talk):
    schema = KindSchema(
        COMMON | {"src": Attr("file"), "captions": Attr("file")},
        answers=False,
        advises={
            "src": N_("A film needs `src=`, the name of its file beside workshop.md: src=film.mp4"),
            "captions": N_(
                "A film without `captions=`: who does not hear it gets nothing. Write them as WebVTT, in a file"
            ),
        },
    )
    words = Words(
        name=N_("Film"),
        help=N_("A film on the big screen, steered from the console."),
        screen=N_("Look at the film."),
        instruction=N_("Look at the film on the big screen."),
        console=N_("They look at a film"),
    )
    fields = FormFields(("src", "captions"), ("time", "question", "optional"))
    plays = True


KIND = Film()
