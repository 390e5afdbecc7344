"""English words that stand in names of projects, programmes and organisations, all over Europe.

Only such words are divided in a text of another language: whether any other word in Latin letters is English
cannot be told from its letters, and a name divided by the wrong language is worse than one not divided.
"""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
academies academy acceleration accelerator access accessibility achievement active activities activity adult
adults advanced advancing agency agreement agricultural agriculture ambassador ambassadors analytics
apprenticeship apprenticeships approach assessment awareness bank better beyond bioeconomy boosting bridge
bridges bridging brussels building bulletin business businesses camera capacity carbon career careers
centers challenge challenges chamber change cities citizens citizenship coalition coding collaborative
college commissioner communities community companies company competence competences competitiveness
connected connecting connection consulting cooperation council countries country creation creative
creativity cyber cybersecurity defence deliverable democracy design designing developer developers
developing development dialogue digitalisation digitalization digitisation disaster discovery doctoral
driven ecological ecology economics economy ecosystem ecosystems education educational educator educators
effective efficiency efficient elderly electric emerging employability employment empower empowering
empowerment enabling engineer engineering engineers enhancing enterprise enterprises entrepreneur
entrepreneurial entrepreneurs entrepreneurship environment environmental equipment europe european event
events exchange executive experience experiences exploring facility farmers farming financial fisheries
flexibility florence folklore forestry forever foundations freedom frontier frontiers funding futures
gallery gaming garden gender graduates grants greece greening growth guidance guidelines hackathon handbook
health healthcare healthy heritage higher history holding hotels housing identity impact improving incentive
inclusive income independent industrial industries industry innovate innovative innovator innovators
insights institutes integrated intelligent interactive internship investing investment investments investors
islands journey kitchen knowledge labour landscape language languages leaders leading learner learners
learning lecture letters library lifelong literacy living logistics making management manufacturing market
markets materials measures mediterranean meeting member members mentoring mentors method methodology methods
microcredentials migrants migration ministry models mountain multilingual museum museums music neighbourhood
network networks northern notebook nuclear observatory occupational office offices opening opportunities
opportunity organizations partners partnership partnerships pathway pathways people photonics physics
pioneer planning platforms policies policy practical practice practices primary principles printing
priorities priority private processing producer products professionals progress projects promoting promotion
publishing quality quantum readiness recycling refugees regions registry regulation release renewables
researcher researchers resilient responsibility responsible review rights robotics safety scaling school
schools scientific scientist scientists second secondary security sharing skilled skills smarter societies
society solidarity southern spirit stakeholder stakeholders statistics storytelling strategic strategies
strategy street strength strengthening student students studies summer summit supply supporting
sustainability sustainable systems teacher teachers teaching technical technologies technology
telecommunications television territories theatre thinking through together tomorrow tourism toward towards
trainee trainees trainers training transforming transnational transparency transportation travel treaty
twenty twinning understanding unified united universities university upskilling valley values venture
ventures verification vocational volunteer volunteering volunteers warehouse welcome welfare wellbeing
western wildlife winter without women wonder worker workers workforce working workplace workshop workshops
worldwide writing yearbook younger
"""

_SHARED: Final = """
academic action actions adaptation administration agenda alliance analysis annual application applications
architecture artificial assembly association balkan biodiversity blockchain budget campus capital center
centre centres certificate children circular citizen civil climate cloud cluster clusters collaboration
commerce commission committee communication communications competition computing conference congress
consortium construction content coordination cultural culture danube databases demonstration digital
director disability dissemination distance diversity economic electronic emission emissions energy
engagement equality evaluation excellence exhibition expert experts export federation festival finance
flexible forest forum foundation framework future generation generations global governance government
graduate guides horizon hospital hydrogen implementation inclusion incubator information infrastructure
initiative initiatives innovation innovations institute institution institutions instrument instruments
integration intelligence international internet interreg introduction investor journal justice laboratory
leader leadership machine machines manager managers manifesto manual marine marketing master media memory
mentor mission mobility model modern monitoring movement national nations nature networking online
operational organic organisation organisations organization partner performance personal planet platform
popular portal potential preparation production professional professor profile program programme programmes
project protection prototype public recovery regional register renewable report reports research resilience
resource resources restaurant retail satellite science sciences sector sectors seminar senior service
services social software solution solutions source spatial sports standard standards startup startups
station structure studio support system talent talents territorial tourist tradition traditional trainer
transfer transform transformation transition transport urban vehicle village virtual vision visual website
"""
"""English words that may as well be of another language; they tell nothing by themselves."""

_LITTLE: Final = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "of", "our", "the", "to", "with", "your"}
)
"""Little words that make a name English."""

LEAST_DIVIDED: Final = 6
"""The least letters of a word that is ever divided."""

_TELLING: Final = frozenset(_ENGLISH.split())
_KNOWN: Final = _TELLING | frozenset(_SHARED.split())


def divides_as_english(words: str) -> bool:
    """Return whether each word of a name that might be divided is an English one.

    Words that are too short to be divided do not count; one in capitals alone is an abbreviation.

    Args:
        words: A name in Latin letters.
    """
    parts = [part.strip("&'\u2019_+") for part in words.replace("\u00a0", " ").replace("-", " ").split()]
    long = [part for part in parts if len(part) >= LEAST_DIVIDED]
    if any(part.isupper() or part.lower() not in _KNOWN for part in long):
        return False
    is_told = any(part.lower() in _TELLING for part in long) or not _LITTLE.isdisjoint(parts)
    return bool(long) and is_told
