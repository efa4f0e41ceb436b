"""Speakers: the name behind the words, role, affiliation, country and kind."""

import pytest

from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import ActorKind, Speaker


def speakers_of(text: str) -> list[Speaker]:
    return [quote.speaker for quote in find_quotes(make_document("a", text)) if quote.speaker]


@pytest.mark.parametrize(
    ("phrase", "name", "role", "affiliation", "country", "kind"),
    [
        (
            "Norwegian Foreign Ministry spokeswoman Ingrid Dahl",
            "Ingrid Dahl",
            "spokeswoman",
            "Norwegian Foreign Ministry",
            "NO",
            "official",
        ),
        ("The Crisis Institute's Ida Dahl", "Ida Dahl", None, "Crisis Institute", None, "analyst"),
        ("Police chief Jan Dvorak", "Jan Dvorak", "Police chief", None, None, "official"),
        ("Seventeen-year-old Jon Bell", "Jon Bell", None, None, None, "other"),
        ("West Marsh mayor Colin Bell", "Colin Bell", "mayor", None, None, "official"),
        ("Pilot Ida Dahl, a teacher from Leeds,", "Ida Dahl", "Pilot", None, None, "other"),
        (
            "Professor Ida Dahl, a seismologist at Lund University,",
            "Ida Dahl",
            "seismologist",
            "Lund University",
            None,
            "analyst",
        ),
        (
            "Retired Major General Omar Diallo, a defence analyst,",
            "Omar Diallo",
            "defence analyst",
            None,
            None,
            "analyst",
        ),
        (
            "Al-Shabab's military spokesman, Omar Diallo,",
            "Omar Diallo",
            "spokesman",
            "Al-Shabab's military",
            None,
            "armed_group",
        ),
        ("Senior Norwegian diplomat Ingrid Dahl", "Ingrid Dahl", "Senior diplomat", None, "NO", "official"),
        (
            "Swedish and Norwegian officials",
            "Swedish and Norwegian officials",
            "officials",
            None,
            None,
            "official",
        ),
        (
            "a senior Highways Agency official",
            "a senior Highways Agency official",
            "senior official",
            "Highways Agency",
            None,
            "official",
        ),
        (
            "State Department spokesman Carl Ross",
            "Carl Ross",
            "spokesman",
            "State Department",
            "US",
            "official",
        ),
        ("Chilean Interior Minister Rosa Vial", "Rosa Vial", "Interior Minister", None, "CL", "official"),
        (
            "Peru’s transport minister Elena Vargas",
            "Elena Vargas",
            "transport minister",
            None,
            "PE",
            "official",
        ),
        (
            "Rui Tavares, Portugal’s former defence minister,",
            "Rui Tavares",
            "former defence minister",
            None,
            "PT",
            "official",
        ),
        (
            "Dieter Lang, the director of the Alpine Institute at Bern College,",
            "Dieter Lang",
            "director",
            "Alpine Institute at Bern College",
            "CH",
            "analyst",
        ),
        (
            "Carla Moretti, who heads the Rescue Board,",
            "Carla Moretti",
            "head",
            "Rescue Board",
            None,
            "official",
        ),
        ("Polish security analyst Jan Nowak", "Jan Nowak", "security analyst", None, "PL", "analyst"),
        (
            "EU foreign policy chief Marta Ziel",
            "Marta Ziel",
            "foreign policy chief",
            "EU",
            "EU",
            "international",
        ),
        ("Gov. Ellen Marsh of Ohio", "Ellen Marsh", "Gov", None, "US", "official"),
        ("Kenya’s interior ministry", "Kenya’s interior ministry", None, None, "KE", "official"),
        ("Nairobi", "Nairobi", None, None, "KE", "official"),
        ("The United Nations", "United Nations", None, None, "UN", "international"),
        ("Hezbollah", "Hezbollah", None, None, None, "armed_group"),
        ("Chilean state media", "Chilean state media", None, None, "CL", "media"),
        ("One resident", "one resident", "resident", None, None, "witness"),
        ("A security source", "a security source", "security source", None, None, "unnamed"),
        ("Analysts", "Analysts", "Analysts", None, None, "analyst"),
        ("Tomas Berg", "Tomas Berg", None, None, None, "other"),
        ("Tomas King", "Tomas King", None, None, None, "other"),
        ("Tarn State Police Lt. Carl Ross", "Carl Ross", "Lt", "Tarn State Police", None, "official"),
        ("Lt. Gov. Carl Ross", "Carl Ross", "Lt. Gov", None, None, "official"),
        (
            "Maj. Gen. Carl Ross of the Peruvian army",
            "Carl Ross",
            "Maj. Gen",
            "Peruvian army",
            "PE",
            "official",
        ),
        ("Selvo Gov. Carl Ross", "Carl Ross", "Gov", "Selvo", None, "official"),
        (
            "Carl Ross, the president of the East Coast Bank,",
            "Carl Ross",
            "president",
            "East Coast Bank",
            None,
            "other",
        ),
        (
            "Carl Ross from Chile’s Lantern relief agency",
            "Carl Ross",
            None,
            "Chile’s Lantern relief agency",
            "CL",
            "other",
        ),
        (
            "Carl Ross, a professor of water law at the Tarn University,",
            "Carl Ross",
            "professor of water law",
            "Tarn University",
            None,
            "analyst",
        ),
        ("Lena’s father Carl Ross", "Carl Ross", "father", None, None, "other"),
        ("Public relations manager Carl Ross", "Carl Ross", "Public relations manager", None, None, "other"),
        (
            "The Tarn City Office of the Chief Medical Examiner",
            "Tarn City Office of the Chief Medical Examiner",
            None,
            None,
            None,
            "official",
        ),
        ("The Weather Bureau in Tarnhold", "Weather Bureau", None, None, None, "official"),
        ("Oil minister Carl Ross", "Carl Ross", "Oil minister", None, None, "official"),
        ("Boeing spokesman Carl Ross", "Carl Ross", "spokesman", "Boeing", None, "other"),
        ("Rescue worker Carl Ross", "Carl Ross", "Rescue worker", None, None, "other"),
        ("a Western diplomat", "a Western diplomat", "diplomat", None, None, "official"),
        ("Local councillor Carl Ross", "Carl Ross", "Local councillor", None, None, "official"),
        ("Carl Ross, of the Tarn Institute,", "Carl Ross", None, "Tarn Institute", None, "analyst"),
        (
            "The Tarn Fund's country director in Chad, Carl Ross,",
            "Carl Ross",
            "country director",
            "Tarn Fund",
            None,
            "other",
        ),
        (
            "Carl Ross, deputy head of the Tarn Fund,",
            "Carl Ross",
            "deputy head",
            "Tarn Fund",
            None,
            "other",
        ),
        (
            "Colonel Carl Ross, a spokesman for the Chilean navy,",
            "Carl Ross",
            "spokesman",
            "Chilean navy",
            "CL",
            "official",
        ),
        (
            "Former Norwegian trade minister Carl Ross",
            "Carl Ross",
            "Former trade minister",
            None,
            "NO",
            "official",
        ),
        (
            "Former Tarn Bank governor Carl Ross",
            "Carl Ross",
            "Former governor",
            "Tarn Bank",
            None,
            "other",
        ),
        (
            "Norway's chief of staff, General Carl Ross,",
            "Carl Ross",
            "chief of staff",
            None,
            "NO",
            "official",
        ),
        (
            "Detective Chief Inspector Carl Ross",
            "Carl Ross",
            "Detective Chief Inspector",
            None,
            None,
            "official",
        ),
        (
            "Minister of Public Works Carl Ross",
            "Carl Ross",
            "Minister of Public Works",
            None,
            None,
            "official",
        ),
        ("Norway's roads director, Carl Ross,", "Carl Ross", "roads director", None, "NO", "official"),
        ("A local journalist, Carl Ross,", "Carl Ross", "local journalist", None, None, "media"),
        ("The Norwegian Teachers Council", "Norwegian Teachers Council", None, None, "NO", "other"),
        ("The local daily Tarn Post", "Tarn Post", None, None, None, "media"),
        ("The country's largest union, Verdi,", "Verdi", None, None, None, "other"),
        ("Carl Ross, 51, who saw the crash,", "Carl Ross", None, None, None, "witness"),
        ("Mayor Ida Dahl and fire chief Carl Ross", "Ida Dahl and Carl Ross", None, None, None, "official"),
        (
            "Pro-Norwegian rebel commander Carl Ross",
            "Carl Ross",
            "rebel commander",
            None,
            None,
            "armed_group",
        ),
        ("The WHO's envoy to Chad, Carl Ross,", "Carl Ross", "envoy", "WHO", "UN", "international"),
        (
            "A Norwegian navy spokesman, Lt. Col. Carl Ross,",
            "Carl Ross",
            "spokesman",
            "Norwegian navy",
            "NO",
            "official",
        ),
        ("WHO chief Carl Ross", "Carl Ross", "chief", "WHO", "UN", "international"),
        (
            "President of the European Council Carl Ross",
            "Carl Ross",
            "President",
            "European Council",
            "EU",
            "international",
        ),
        (
            "Tarn Police Superintendent Carl Ross",
            "Carl Ross",
            "Superintendent",
            "Tarn Police",
            None,
            "official",
        ),
        ("Texas governor Carl Ross", "Carl Ross", "governor", None, "US", "official"),
        (
            "Carl Ross, the chief of the Victoria Coal Company,",
            "Carl Ross",
            "chief",
            "Victoria Coal Company",
            None,
            "other",
        ),
    ],
)
def test_what_the_words_tell(
    phrase: str, name: str, role: str | None, affiliation: str | None, country: str | None, kind: str
) -> None:
    """Everything that the phrase states is read, nothing else is invented."""
    (speaker,) = speakers_of(f"{phrase} said the road was open.")
    assert (name, role, affiliation, country, ActorKind(kind)) == (
        speaker.name,
        speaker.role,
        speaker.affiliation,
        speaker.country,
        speaker.kind,
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mayor Ana Bell said it rained. She said it was over. Bell said all was well.", ["Ana Bell"] * 3),
        ("Bell said it rained. The mayor, Ana Bell, said it was over.", ["Ana Bell"] * 2),
        (
            "Mali’s army said it rained. It said the road was shut. The army said it was open.",
            ["Mali’s army"] * 3,
        ),
        ("Spokeswoman Ana Bell said it rained. The spokeswoman said it was over.", ["Ana Bell"] * 2),
        (
            "Spokesman Omar Diallo said it rained. Ana Bell, a nurse and mother, said it snowed. He said it was over.",
            ["Omar Diallo", "Ana Bell", "Omar Diallo"],
        ),
        ("Officials said it rained. She said it was over.", ["Officials", "She"]),
        ("A statement by Mali’s army said it rained.", ["Mali’s army"]),
        ("Spokesman Zhao Lin spoke in Bern. Zhao said it rained.", ["Zhao Lin"]),
        ("Premier Ivo Tamm will come on Friday, his office said.", ["Premier Ivo Tamm’s office"]),
        (
            "Envoy Ana Bell said it rained. Her office said it was over.",
            ["Ana Bell", "Envoy Ana Bell’s office"],
        ),
        (
            "Mayor Jon Ross said it rained. A nurse at the Tarn Clinic, Elias Holm, stayed in. But he heard it all."
            " “It was loud,” he said.",
            ["Jon Ross", "Elias Holm"],
        ),
        ("Mayor Ana Bell said it rained. Ms. Bell said it was over.", ["Ana Bell"] * 2),
        (
            "The water agency said it rained. According to the same agency, it was over.",
            ["the water agency"] * 2,
        ),
        (
            "Lowland Tribune staff said it rained. At a briefing on Friday, Mayor Jon Ross took that back."
            ' "It was dry," he said.',
            ["Lowland Tribune staff", "Jon Ross"],
        ),
        (
            "The armed group al-Shabab claimed the raid. In a statement on its radio it said two men had died.",
            ["the armed group al-Shabab"] * 2,
        ),
        (
            "A doctor at Tarn General Hospital, Elias Holm, said it was full. Mercy General Hospital said it had room.",
            ["Elias Holm", "Mercy General Hospital"],
        ),
        (
            "A quake hit, killing nine and cutting power to parts of the port of Machala, authorities there said.",
            ["authorities"],
        ),
        ("MAYOR OF BRUME ANA BELL SAID IT RAINED.", ["MAYOR OF BRUME ANA BELL"]),
        ("Seventy survived. It said later that one was lost.", ["It"]),
    ],
    ids=[
        "pronoun, surname",
        "name later",
        "body",
        "title",
        "sex",
        "nobody fits",
        "document",
        "family name first",
        "office of the subject",
        "office of a speaker",
        "subject two sentences back",
        "honorific",
        "the same body",
        "behind what leads in",
        "armed group",
        "general hospital",
        "town",
        "capitals",
        "number",
    ],
)
def test_who_is_meant(text: str, names: list[str]) -> None:
    """Pronouns, surnames, titles and bodies lead to the full name; what fits nobody keeps its words."""
    assert names == [speaker.name for speaker in speakers_of(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Former Okafor aide quits\n\nOkafor said that the port would open. Former aides left.", "Okafor"),
        ("Paul Hartmann Says Ida Okafor Will Go\n\n“We are ready,” Okafor said.", "Ida Okafor"),
        ("After Okafor spoke, the hall was full. “We are ready,” Okafor said.", "Okafor"),
        ("Minister Ida Okafor came. After Okafor spoke, “We are ready,” Okafor said.", "Ida Okafor"),
        ("Mark Bell came late. They mark the day. “We are ready,” Bell said.", "Mark Bell"),
    ],
    ids=[
        "word in small letters",
        "verb in a headline",
        "conjunction",
        "full name before",
        "name that is a word",
    ],
)
def test_what_stands_before_a_surname_is_a_name_or_left_out(text: str, name: str) -> None:
    """A capital at the start of a sentence or in a headline makes no given name."""
    assert name == speakers_of(text)[-1].name


def test_month_that_is_a_given_name_belongs_to_the_speaker() -> None:
    """ "Jan" behind a role is somebody's name and no month."""
    (speaker,) = speakers_of("“The plant is safe,” said works chief Jan Dvorak.")
    assert "Jan Dvorak" == speaker.name


def test_what_is_declared_behind_an_apposition_is_nobody() -> None:
    """The governor declares; the state of emergency does not."""
    names = [
        one.name for one in speakers_of("The governor of the coast, Ida Dahl, declared a state of emergency.")
    ]
    assert ["Ida Dahl"] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Tom Reed was shot. Reed’s chief rival, the former mayor Anders Dahl, left. “I lost him,” he said.",
            "Anders Dahl",
        ),
        ("At home, Reed’s widow, Clara, spoke to reporters. “He told me of his fear,” she said.", "Clara"),
        (
            "Minister Tom Reed said so. But railway union chief Anders Dahl hit back. “They find excuses,” he said.",
            "Anders Dahl",
        ),
        (
            "“It was slow,” Ingrid Dahl said. Meanwhile Tom Reed spoke to the crew. “Nobody came,” he said.",
            "Tom Reed",
        ),
        (
            "“It was slow,” said Anders Dahl. Few had heard of Mayor Tom Reed’s remarks. “Nobody came,” he said.",
            "Tom Reed",
        ),
    ],
)
def test_pronoun_is_whom_the_sentence_before_names(text: str, name: str) -> None:
    """A relation to somebody else, or a word that joins, does not hide who opens the sentence."""
    speaker = find_quotes(make_document("a", text))[-1].speaker
    assert speaker is not None
    assert name == speaker.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "“We waited,” said Ana Bell. Constable Tom Reed asked how she felt. “I feel nothing,” she said.",
            "Ana Bell",
        ),
        ("Constable Tom Reed asked how the driver felt. “I feel nothing,” she said.", "she"),
        (
            "Karl Reed has a record. Ms. Bell was the victim. In 2005 he shouted at her. “Go away,” he said.",
            "Karl Reed",
        ),
        ("They spoke in Home Minister Brenda Dahl's office. “It is late,” she said.", "she"),
        ("The Bern Sun-Times reported a march. “I cried,” he said.", "he"),
        (
            "“It is late,” Tom Reed said. Juan “Chico” Bell held a photo. “I cried,” he said.",
            "Juan “Chico” Bell",
        ),
        ("Constable Kim Reed asked how the driver felt. “I feel nothing,” she said.", "Kim Reed"),
    ],
)
def test_pronoun_is_nobody_of_the_other_sex(text: str, name: str) -> None:
    """A given name that mostly men bear is no "she"; one that both bear may be."""
    speaker = find_quotes(make_document("a", text))[-1].speaker
    assert speaker is not None
    assert name == speaker.name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The family said it was sad.", "The family"),
        ("“It was sad,” the assembly said.", "the assembly"),
        ("It was sad, according to the weekly.", "the weekly"),
        ("The crew accused the army of firing on the bridge.", "The crew"),
        ("Three teenagers blamed the army for the fire.", "Three teenagers"),
        ("A film that showed two rebels warning of a raid was shown.", "two rebels"),
        ("One group sent a message that praised the fighters warning of a “long war”.", "the fighters"),
        ("“It is late,” said Norland Police Lt. Hastings.", "Norland Police Lt. Hastings"),
        ("“It is late,” Ana Bell said of it, according to a press report. “We must go.”", "Ana Bell"),
    ],
)
def test_words_of_the_speaker(text: str, words: str) -> None:
    """Nouns that end like adverbs, groups without a role, and whoever stands behind a verb in a relative clause."""
    assert words == speakers_of(text)[-1].words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Bell met Tom Bell in court. “It was late,” Bell said.", "Bell"),
        (
            "Ana Bell met Tom Bell in court. Mr. Bell was late. Mr. Bell left. “It was late,” Bell said.",
            "Bell",
        ),
        ("Ana Bell met Tom Reed in court. “It was late,” Bell said.", "Ana Bell"),
        ("Meanwhile Reed, who won, wept in court. “It was late,” Reed said.", "Reed"),
        ("Karl Reed left. Ironically Reed had offered to pay.", "Karl Reed"),
        ("A mill of Lund burns. Typically Lund says nothing. “It was late,” Lund said.", "Lund"),
        ("Mayor Ana Bell met Tom Bell. Mrs. Bell was late. “It was late,” Bell said.", "Ana Bell"),
    ],
)
def test_a_surname_that_two_bear_is_nobody_s(text: str, name: str) -> None:
    """Kin share a surname: it is completed only where one of them is named more often."""
    assert name == speakers_of(text)[-1].name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr. Reed won. Karl J. Reed owns a mill. “It was late,” Mr. Reed said.", "Karl J. Reed"),
        ("Ben Dahl won. “It was late,” Dahl said.", "Ben Dahl"),
        ("Mayor Ida Dahl of Bern and Gov. Jon Bell of Brume met. “It was late,” Bell said.", "Jon Bell"),
        ("Brume County Recorder Helen Lund won. “It was late,” Lund said.", "Helen Lund"),
        ("Reed won. " * 20 + "Karl Reed left. “It was late,” Reed said.", "Karl Reed"),
        ("Chatter won. " * 20 + "Because Chatter grew. “It was late,” Chatter said.", "Chatter"),
    ],
    ids=[
        "title first",
        "given name that is a particle",
        "behind another office",
        "unknown role",
        "late",
        "body",
    ],
)
def test_a_surname_is_completed_wherever_the_full_name_stands(text: str, name: str) -> None:
    """Behind places with a title alone, another office or many bare ones."""
    assert name == speakers_of(text)[-1].name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sergeant Ana Bell told reporters that Karl Reed rang the station, saying “come and get me”.",
            ["Ana Bell", "Karl Reed"],
        ),
        (
            "Sergeant Ana Bell told reporters that the road was closed, saying “nobody gets through”.",
            ["Ana Bell", "Ana Bell"],
        ),
        ("“We had no choice,” said Asst. Dist. Atty. Tom Reed.", ["Tom Reed"]),
        (
            "Karl Reed was jailed, according to records, which say he held the guard and told her, “go away”.",
            ["records", "records", "Karl Reed"],
        ),
        ("The bomb was found, but the police delayed announcing the find for a day.", ["the police"]),
    ],
)
def test_whose_words_a_told_call_gives(text: str, names: list[str]) -> None:
    """Behind a call that somebody tells of, a participle gives the caller's words."""
    assert names == [speaker.name for speaker in speakers_of(text)]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "Bell's rival, opposition leader Ivan Stanek, said the dam was old.",
            "Ivan Stanek",
            "opposition leader",
        ),
        (
            "The ministry's spokeswoman, former actress Ana Bell, said the dam was old.",
            "Ana Bell",
            "spokeswoman",
        ),
    ],
    ids=["kin", "office"],
)
def test_name_with_a_role_of_its_own_behind_a_role(text: str, name: str, role: str) -> None:
    """An apposition names whom a role stands for; an office tells more than kin or rivalry."""
    (speaker,) = speakers_of(text)
    assert (name, role) == (speaker.name, speaker.role)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Hamid, 23, who asked for no more, said he heard no gun. "It turned over," he said.', "Hamid"),
        ('One of them, Ida Dahl, held up a copy. "We have it," she told the crowd.', "Ida Dahl"),
        ('Their father, Oscar, sells oranges. "I got them the tickets," he repeats.', "Oscar"),
        (
            'The curfew was imposed by Works Minister Ida Dahl on Tuesday. "It will end," she said.',
            "Ida Dahl",
        ),
        ('Her uncle, a roofer called Hamid, saw it. "There was no crowd," he said.', "Hamid"),
        ('Lt. Gen. Jon Bell spoke of one dead. "We think of the families," the general said.', "Jon Bell"),
        ('The chair of the Brume Union (BRU), Prime Minister Ida Dahl, called it "a shock".', "Ida Dahl"),
        ('A user of the website Chatter said: "It was louder."', "a user of the website Chatter"),
        ("The WHO warned that cholera could spread.", "WHO"),
        ("First Minister Ida Dahl said that the vote would stand.", "Ida Dahl"),
        ('At the clinic, Valbona Dahl held a photo of her son Jon, 17. "I wait," she said.', "Valbona Dahl"),
        (
            'In Bern, the head nurse, Ida Dahl, opens a ledger. In Brume, 13 more lie. "So many," she said.',
            "Ida Dahl",
        ),
        (
            '"No," said Jon Bell. The coffin of Karl Reed, 26, passed. His mother wept. "I know," she said.',
            "his mother",
        ),
        (
            '"No," said Jon Bell. Karl Reed has a bar. Reed is back. The water stood high. "I stay," he said.',
            "Karl Reed",
        ),
        ("Ida Dahl said it was late. Reed died. Three others are in hospital, she said.", "Ida Dahl"),
        ("Engineers at Bern spoke. Eng. Tom Reed differs. He told a panel that it was safe.", "Tom Reed"),
        ('"It was a crime," said Karl Reed (The Guardian).', "Karl Reed"),
        ("The governor of Rio Grande do Sul, Karl Reed, said that it was a shame.", "Karl Reed"),
        (
            'Karl Reed of the Brume fund was unsure. "We wait," Reed said. New Mexico, he said, was "a chance."',
            "Karl Reed",
        ),
        (
            'Karl Reed spoke in Bern. "We wait," Reed said. But the Common Charter was late, he said.',
            "Karl Reed",
        ),
        (
            'Sam Lund agreed. Ida Dahl began with a note. "We heard it. As we wait, we grieve." Later, she said no.',
            "Ida Dahl",
        ),
        ('Ana Luz Zarate asked why. "No," added Zarate, the former adviser for trade.', "Ana Luz Zarate"),
        ("The judge Reed was talking of is Ida Dahl. “It is late,” Karl Reed said.", "Karl Reed"),
        ("Bern Rights Watch said six were held. The group urged Chad to free them.", "Bern Rights Watch"),
        ("The rights group Life First counted six. The group said they were beaten.", "Life First"),
        ("Altaro said it had found a flaw. The company urged users to wait.", "Altaro"),
        ("Nordline Rail said its trains would run. The operator apologised to passengers.", "Nordline Rail"),
        ("African Union: Commission chief Ida Dahl was there.\n\nThe bank rejected the plan.", "the bank"),
        ("The road was shut, according to a newly uncovered letter.", "a newly uncovered letter"),
        ("Senator Tom Reed came second, with 22 percent saying they would stay away.", "22 percent"),
        ("Mrs. Reed had stronger support from those who said the bridge was safe.", "those"),
        ("Ouma Obafe said he saw it. The company declined to comment.", "the company"),
        ("Health Minister Ida Sule said no. The union rejected the offer.", "the union"),
        ("“We will not bow,” Chile’s Lavena said.", "Lavena"),
        ("Port worker Omar Said condemned the raid.", "Omar Said"),
        ("The organisers of a fair where four people died said they were sorry.", "the organisers of a fair"),
        ("Prime Minister Ida Sule said no. The foreign minister said yes.", "the foreign minister"),
        ("Home Minister Ida Sule said no. The home minister said yes later.", "Ida Sule"),
    ],
)
def test_last_speaker_by_name(text: str, name: str) -> None:
    """Who was named before, by age, relation, agent or rank, stands behind a pronoun or a title."""
    assert name == speakers_of(text)[-1].name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It held,” Rose Dahl, the mayor, said.", "Rose Dahl"),
        ("“It held,” the harbour's press secretary, Ida Dahl, was quoted as saying.", "Ida Dahl"),
        ("Speaking in Lund, President Ana Bell said the dam held.", "Ana Bell"),
        ("Villagers trying to save the club say they will go to court.", "Villagers trying to save the club"),
        ("The vicar of Tarn, the Rev Jon Bell, said the dam held.", "Rev Jon Bell"),
        ("USA Today reports that the dam held.", "USA Today"),
        ("Jon Bell joked. The Labour nominee, he said, watched the gates.", "Jon Bell"),
        ("Mother-of-two Ida Dahl woke. “It roared,” sobbed the 29-year-old.", "Ida Dahl"),
        (
            "Ida Dahl spoke. “It rose,” she said. A friend wrote to her, asking how. “Fast,” she said.",
            "Ida Dahl",
        ),
        (
            "Jon Bell asked. Rowing teacher Ida Dahl was in tears.\n\n“Where will they go?” she asked.",
            "Ida Dahl",
        ),
        ("Environmental group Open Marsh said it rose. It is calling for a wall to be built.", "Open Marsh"),
        ("Mayor Ida Dahl has today made the following statement:\n\n“The dam held.”", "Ida Dahl"),
    ],
)
def test_last_of_several_speakers(text: str, name: str) -> None:
    """Names that are verbs elsewhere, people told by their age, and who only asks how somebody is."""
    assert name == speakers_of(text)[-1].name


def test_capitals_of_a_headline_are_no_name() -> None:
    """ "Will" between two words with capitals is a verb."""
    assert "Will" not in [
        s.name for s in speakers_of("Mayor Will Meet Envoy\n\nMayor Ida Dahl said it rose.")
    ]


def test_round_up_gives_an_office_its_state() -> None:
    """Under two names of states or bodies an office is theirs; a single line may be anything."""
    text = "France: President Ana Bell condemned it.\n\nAfrican Union: Commission chief Omar Diallo said no."
    speakers = [quote.speaker for quote in find_quotes(make_document("a", text)) if quote.speaker]
    assert [("Ana Bell", "FR", ActorKind.OFFICIAL), ("Omar Diallo", None, ActorKind.INTERNATIONAL)] == [
        (one.name, one.country, one.kind) for one in speakers
    ]
    alone = find_quotes(make_document("a", "France: the long road. President Ana Bell said it was sad."))
    assert [None] == [quote.speaker.country for quote in alone if quote.speaker]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Skyways cuts 300 jobs\n\nThe airline Skyways will shut two bases. “We regret this,” the company said. "
            "The unions met, and Skyways said talks would go on.",
            "Skyways",
        ),
        (
            "Skyways cuts 300 jobs\n\nThe rivals Skyways and Norlink will shut bases. “We regret this,” the company "
            "said. Skyways said talks would go on, and Norlink said so too. Of Skyways, of Norlink nobody came.",
            "the company",
        ),
        (
            "A bid for Skyways\n\nA rival bids for Skyways. The company said it holds a tenth of Skyways's shares. "
            "Late on Friday Skyways said no.",
            "the company",
        ),
    ],
)
def test_the_company_is_the_one_that_the_article_is_about(text: str, name: str) -> None:
    """Whoever alone is named at the head and speaks; of two, and where it holds its own shares, nobody."""
    assert name in {speaker.name for speaker in speakers_of(text) if speaker.words.lower() == "the company"}


def test_a_surname_behind_its_body_is_who_bears_it() -> None:
    """Only where the article names somebody in full."""
    text = "“It was late,” Ana Bell, an analyst at Norlink, said. “We waited,” Norlink's Bell said."
    assert ["Ana Bell", "Ana Bell"] == [speaker.name for speaker in speakers_of(text)]
